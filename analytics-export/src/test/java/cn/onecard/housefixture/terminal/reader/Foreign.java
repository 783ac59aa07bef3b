package cn.onecard.housefixture.terminal.reader;

/** A class of another module. */
public final class Foreign {}
