/** The two marks the architecture is read from. Every room carries {@link Room}. Knows nothing of the field. */
@NullMarked
@Room(name = "house")
package cn.onecard.house;

import org.jspecify.annotations.NullMarked;
