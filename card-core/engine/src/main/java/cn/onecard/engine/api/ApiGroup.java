package cn.onecard.engine.api;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Some operations of the document that belong together. */
public interface ApiGroup {
    /** Does what an operation says. It runs on a virtual thread and may block. */
    @FunctionalInterface
    interface Action {
        /** Does it.
         *
         *  @throws Problem if it is refused */
        ApiAnswer answer(ApiCall call) throws InterruptedException, ExecutionException, TimeoutException;
    }

    /** The actions, by the {@code operationId} of the document. */
    Map<String, Action> actions();
}
