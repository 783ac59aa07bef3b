/** What settlement's tests share: a ledger to settle. */
@NullMarked
package cn.onecard.settlement.testing;

import org.jspecify.annotations.NullMarked;
