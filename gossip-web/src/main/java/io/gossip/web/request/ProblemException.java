/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.request;

/** Says why a request is not answered, in the terms of RFC 9457. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String detail;

    public ProblemException(int status, String detail) {
        super(detail, null, false, false); // it is an answer, nobody reads its stack
        this.status = status;
        this.detail = detail;
    }

    public int status() {
        return status;
    }

    String detail() {
        return detail;
    }
}
