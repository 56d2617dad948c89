/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.cluster;

import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.ClusterPublication;

/** Is told what happens to the picture that {@link FollowedCluster} has, on its context. */
public interface ClusterFollower {
    /**
     * There is a picture that does not follow from the one before: the first one, or that of another snapshot.
     *
     * @param picture the latest
     */
    void started(ClusterPicture picture);

    /**
     * A publication was applied.
     *
     * @param publication what changed
     */
    void changed(ClusterPublication publication);

    /**
     * There is no node any longer.
     *
     * @param reason for people
     */
    void lost(String reason);
}
