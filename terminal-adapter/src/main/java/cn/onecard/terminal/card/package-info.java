/** The commands of the e-purse, one class each, and what a terminal reads of a card. An answer is either the data that was
 *  asked for or a typed refusal; what is sent carries the {@link PurchaseTerms} unaltered. Knows nothing of PSAMs, of records
 *  to be kept or of what a ride costs. */
@NullMarked
@Room(name = "terminal.card", mayUse = {"vocabulary", "purse", "terminal.reader"})
package cn.onecard.terminal.card;

import cn.onecard.house.Room;
import org.jspecify.annotations.NullMarked;
