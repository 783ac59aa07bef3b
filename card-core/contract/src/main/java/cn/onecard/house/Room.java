package cn.onecard.house;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The plate on the door of a package: its name, equal to the package below {@code cn.onecard}, and the rooms it may use. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PACKAGE)
public @interface Room {
    /** The room's name, for example {@code engine.admit}. */
    String name();

    /** Every other room this one may import from, by name. */
    String[] mayUse() default {};
}
