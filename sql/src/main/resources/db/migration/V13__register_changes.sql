-- Changes of cards, numbered: whoever changes cards locks the one row, gives the cards the next number, and publishes it in the same
-- transaction. A core keeps cards in memory and follows the numbers.

ALTER TABLE ledger.card ADD COLUMN change_no BIGINT NOT NULL DEFAULT 0 COMMENT 'of the last change of this card', ADD INDEX card_change (change_no);

CREATE TABLE ledger.register_change (
  only_row  TINYINT NOT NULL COMMENT '1',
  change_no BIGINT  NOT NULL COMMENT 'of the last change',
  PRIMARY KEY (only_row),
  CONSTRAINT register_change_once CHECK (only_row = 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO ledger.register_change (only_row, change_no) VALUES (1, 0);

GRANT SELECT, UPDATE (change_no) ON ledger.register_change TO 'onecard_engine'@'%';
