package cn.onecard.settlement.flow;

import cn.onecard.settlement.day.Stage;

/** How long the work towards a stage took in one run; next to nothing if it was done before. */
public record StageTime(Stage stage, long millis) {}
