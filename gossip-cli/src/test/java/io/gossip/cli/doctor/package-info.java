/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of the doctor's judgement. */
@NullMarked
package io.gossip.cli.doctor;

import org.jspecify.annotations.NullMarked;
