/** What all partners to practise on can be told to do wrong, and how often. Knows no partner. */
@NullMarked
@Room(name = "engine.partner", mayUse = {})
package cn.onecard.engine.partner;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
