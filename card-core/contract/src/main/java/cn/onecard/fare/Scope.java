package cn.onecard.fare;

import cn.onecard.vocabulary.ServiceCode;

/** A line of a service, or all its lines that have no rule of their own.
 *
 *  @param line a line number, or {@link #ANY} */
record Scope(ServiceCode service, int line) {
    static final int ANY = -1;

    Scope {
        if (line < ANY) {
            throw new IllegalArgumentException("a line is not negative");
        }
    }

    static Scope whole(ServiceCode service) {
        return new Scope(service, ANY);
    }

    String text() {
        return service + "," + (line == ANY ? "*" : line);
    }

    @Override
    public String toString() {
        return service + (line == ANY ? ", all other lines" : ", line " + line);
    }
}
