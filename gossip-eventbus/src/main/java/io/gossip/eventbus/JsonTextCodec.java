/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/**
 * Carries an immutable value: by reference inside the JVM, as JSON text behind its length in bytes across a wire.
 *
 * @param <T> the value
 */
final class JsonTextCodec<T> implements MessageCodec<T, T> {
    private final String name;
    private final Function<T, JsonObject> toJson;
    private final Function<JsonObject, T> fromJson;

    JsonTextCodec(String name, Function<T, JsonObject> toJson, Function<JsonObject, T> fromJson) {
        this.name = name;
        this.toJson = toJson;
        this.fromJson = fromJson;
    }

    @Override
    public void encodeToWire(Buffer buffer, T value) {
        Buffer text = toJson.apply(value).toBuffer();
        buffer.appendInt(text.length()).appendBuffer(text);
    }

    @Override
    public T decodeFromWire(int position, Buffer buffer) {
        int start = position + Integer.BYTES;
        return fromJson.apply(
                buffer.slice(start, start + buffer.getInt(position)).toJsonObject());
    }

    @Override
    public T transform(T value) {
        return value;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
