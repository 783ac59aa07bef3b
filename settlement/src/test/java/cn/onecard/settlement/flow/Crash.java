package cn.onecard.settlement.flow;

import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.Stage;

/** Lets the program die at one place: when progress is told for the so-many-th time. */
final class Crash implements Progress {
    /** What a program dies of here. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Died(String place) {
            super(place);
        }
    }

    private final int at;

    /** Places passed so far. */
    private int passed;

    /** Dies at a place.
     *
     *  @param at from 1; 0 for never */
    Crash(int at) {
        this.at = at;
    }

    @Override
    public void reached(Stage stage, String step, long done, long total) {
        if (++passed == at) {
            throw new Died(stage + " " + step + " " + done);
        }
    }

    int passed() {
        return passed;
    }
}
