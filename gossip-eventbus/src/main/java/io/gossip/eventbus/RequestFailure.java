/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.engine.RefusedWriteException;
import io.gossip.transport.store.NotStoredException;

/** Why a request is not fulfilled, with the code that HTTP would give it. */
final class RequestFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    private RequestFailure(int code, String message) {
        super(message, null, false, false); // it is an answer, nobody reads its stack
        this.code = code;
    }

    static RequestFailure badRequest(String message) {
        return new RequestFailure(400, message);
    }

    static RequestFailure notFound(String message) {
        return new RequestFailure(404, message);
    }

    static RequestFailure unprocessable(String message) {
        return new RequestFailure(422, message);
    }

    static RequestFailure unavailable(String message) {
        return new RequestFailure(503, message);
    }

    /** What to answer when a request failed: anything but a refusal means that the node cannot do it now. */
    static RequestFailure of(Throwable failure) {
        if (failure instanceof RequestFailure known) {
            return known;
        }
        if (failure instanceof RefusedWriteException refused) {
            return new RequestFailure(code(refused.reason()), messageOf(refused));
        }
        if (failure instanceof NotStoredException) {
            return unavailable(messageOf(failure));
        }
        return unavailable("the node cannot answer: " + messageOf(failure));
    }

    static String messageOf(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    int code() {
        return code;
    }

    String text() {
        return messageOf(this);
    }

    private static int code(RefusedWriteException.Reason reason) {
        return switch (reason) {
            case NOT_TEXT -> 400;
            case RESERVED -> 403;
            case TOO_LARGE -> 413;
            case HARMS_PEERS -> 422;
        };
    }
}
