# SPDX-License-Identifier: Apache-2.0
#
# docker build -t gossip .        docs/packaging.md tells how to run it.
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-17
ARG BASE_IMAGE=debian:bookworm-slim

FROM ${BUILD_IMAGE} AS build
WORKDIR /source
COPY . .
RUN mvn -B -ntp -Pquick -Dmaven.test.skip=true -pl gossip-cli -am package
# Where they will run from: the archive of classes knows the path of its jar.
WORKDIR /opt/gossip
RUN mkdir lib && cp /source/gossip-cli/target/gossip.jar lib/ \
 && /source/deploy/docker/build-runtime /opt/gossip/lib/gossip.jar /opt/gossip/runtime \
 && cp /source/deploy/docker/healthcheck . \
 && mkdir /data

FROM ${BASE_IMAGE}
LABEL org.opencontainers.image.title="gossip" \
      org.opencontainers.image.description="Cluster membership and shared state by gossip" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /opt/gossip /opt/gossip
COPY --from=build --chown=10001:10001 /data /var/lib/gossip
WORKDIR /opt/gossip
# Half of the container's memory for the heap; the rest is for buffers, classes, compression and threads. Replace it to
# change it: -XX options given twice, the last wins.
ENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=50 -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError -XX:SharedArchiveFile=/opt/gossip/runtime.jsa -Xlog:cds*=off"
ENV LC_ALL=C.UTF-8
USER 10001:10001
VOLUME /var/lib/gossip
EXPOSE 8080/tcp 7280/udp
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=4s --start-period=20s --retries=3 CMD ["/opt/gossip/healthcheck"]
# No shell between: SIGTERM reaches the member, which says goodbye. What follows the image's name are further options.
ENTRYPOINT ["/opt/gossip/runtime/bin/java", "-jar", "/opt/gossip/lib/gossip.jar"]
CMD ["node", "--listen-addr", "127.0.0.1:8080", "--gossip-addr", "127.0.0.1:7280"]
