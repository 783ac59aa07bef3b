/** The arithmetic of the e-purse (电子钱包): diversified keys, session keys, MAC1, MAC2 and TAC, for 3DES and for SM4. Every
 *  published vector comes out. Knows nothing of where keys are kept, of cards, of frames or of tables. */
@NullMarked
@Room(name = "purse", mayUse = {"vocabulary"})
package cn.onecard.purse;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
