package cn.onecard.engine.partner.register;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A sale as the till keeps it until it is acknowledged.
 *
 *  @param json as it is uploaded
 *  @param expected the word by which it must be answered
 *  @param amountFen what is paid, if it is taken */
record SoldRecord(long seq, ObjectNode json, String expected, long amountFen) {}
