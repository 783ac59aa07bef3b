-- What partners are told (发件箱): committed with the hold that makes it due, and settled with the step that follows from the answer.

ALTER TABLE ledger.pay_order ADD COLUMN open_message INT NOT NULL DEFAULT 0
  COMMENT 'number of the message to a partner that decides this order; 0 if none is under way';

CREATE TABLE ledger.partner_message (
  order_id    BINARY(16)    NOT NULL,
  message_no  INT           NOT NULL COMMENT 'the step of the order that made it due',
  partner     VARCHAR(32)   NOT NULL,
  body        VARCHAR(4000) NOT NULL COMMENT 'of the connector, sealed by it if it is secret',
  state_code  TINYINT       NOT NULL COMMENT '1 waiting, 2 sent, 3 confirmed, 4 rejected, 5 unknown, 6 awaiting statement, 7 withdrawn',
  withdraw_at DATETIME(3)   NOT NULL COMMENT 'UTC; given up if it could not be sent till then',
  sent_at     DATETIME(3)            COMMENT 'UTC; committed before the first byte leaves',
  asked       INT           NOT NULL DEFAULT 0 COMMENT 'times that the partner was asked what became of it',
  not_found   INT           NOT NULL DEFAULT 0 COMMENT 'times that it said that it does not know it',
  due_at      DATETIME(3)            COMMENT 'UTC; when there is something to do; null if there is not',
  reference   VARCHAR(64)   NOT NULL DEFAULT '' COMMENT 'of the partner',
  fulfilment  VARCHAR(4000) NOT NULL DEFAULT '' COMMENT 'what the citizen gets from the partner, as its connector wants it kept',
  PRIMARY KEY (order_id, message_no),
  KEY message_due (partner, due_at),
  KEY message_open (due_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The fence. What a message says, and to whom, is written once.
GRANT UPDATE (open_message) ON ledger.pay_order TO 'onecard_engine'@'%';
GRANT SELECT, INSERT, UPDATE (state_code, sent_at, asked, not_found, due_at, reference, fulfilment)
  ON ledger.partner_message TO 'onecard_engine'@'%';
