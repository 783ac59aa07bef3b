package cn.onecard.terminal.reader;

import org.jspecify.annotations.Nullable;

/** What can go wrong between us and a card, whichever way the layers below put it. */
public abstract sealed class ReaderFault extends Exception {
    private static final long serialVersionUID = 1;

    private ReaderFault(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** No card is in the reader. */
    public static final class NoCard extends ReaderFault {
        private static final long serialVersionUID = 1;

        NoCard(String reader, @Nullable Throwable cause) {
            super("no card in reader " + reader, cause);
        }
    }

    /** The card left, was swapped or was reset by somebody else. What it did with the last command is unknown. */
    public static final class CardGone extends ReaderFault {
        private static final long serialVersionUID = 1;

        CardGone(String reader, String code, @Nullable Throwable cause) {
            super("the card in reader " + reader + " is gone (" + code + ")", cause);
        }
    }

    /** The card answered 6Cxx to a command that carried no Le on the wire. Nothing was sent again. */
    public static final class WrongLe extends ReaderFault {
        private static final long serialVersionUID = 1;

        WrongLe(String reader, int statusWord) {
            super("the card in reader " + reader + " answered %04X to a command without Le".formatted(statusWord), null);
        }
    }

    /** The card kept saying that more is to come than an answer can hold, or that Le is wrong after it was put right. */
    public static final class EndlessAnswer extends ReaderFault {
        private static final long serialVersionUID = 1;

        EndlessAnswer(String reader, int statusWord) {
            super("the card in reader " + reader + " does not end its answer (%04X)".formatted(statusWord), null);
        }
    }

    /** The reader itself fails: it is unplugged, or has no handle left. */
    public static final class ReaderFailed extends ReaderFault {
        private static final long serialVersionUID = 1;

        ReaderFailed(String reader, String code, @Nullable Throwable cause) {
            super("reader " + reader + " fails (" + code + ")", cause);
        }
    }

    /** There is no reader of that name. */
    public static final class NoSuchReader extends ReaderFault {
        private static final long serialVersionUID = 1;

        NoSuchReader(String reader) {
            super("there is no reader " + reader, null);
        }
    }

    /** The PC/SC service is not there. Every conversation is over; whoever asks again finds it once it is back. */
    public static final class NoService extends ReaderFault {
        private static final long serialVersionUID = 1;

        NoService(String code, @Nullable Throwable cause) {
            super("the PC/SC service does not answer (" + code + ")", cause);
        }
    }
}
