-- Bills of water, electricity and gas companies that are paid here (水电气代缴).

-- One row a payment, written before the order is opened. Whose account it is lies sealed; the tag finds it again.
CREATE TABLE ledger.bill_payment (
  order_id    BINARY(16)      NOT NULL,
  biller      VARCHAR(32)     NOT NULL,
  account_tag BINARY(16)      NOT NULL COMMENT 'keyed hash of the biller''s number of its customer',
  bill_ref    VARCHAR(40)     NOT NULL,
  amount_fen  BIGINT          NOT NULL,
  day         DATE            NOT NULL COMMENT 'of the biller, on which its statement lists the payment',
  sealed      VARBINARY(2900) NOT NULL COMMENT 'account and echo, enciphered for this row alone',
  created_at  DATETIME(3)     NOT NULL COMMENT 'UTC',
  PRIMARY KEY (order_id),
  KEY bill_payment_day (biller, day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The payment that a bill is in the hands of: one at a time.
CREATE TABLE ledger.bill_claim (
  biller      VARCHAR(32) NOT NULL,
  account_tag BINARY(16)  NOT NULL,
  bill_ref    VARCHAR(40) NOT NULL,
  order_id    BINARY(16)  NOT NULL,
  claimed_at  DATETIME(3) NOT NULL COMMENT 'UTC',
  PRIMARY KEY (biller, account_tag, bill_ref)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A payment that the biller is to take back on the same day (当日抹账). The row is written before the biller is asked.
CREATE TABLE ledger.bill_cancellation (
  order_id   BINARY(16)  NOT NULL,
  biller     VARCHAR(32) NOT NULL,
  state_code TINYINT     NOT NULL COMMENT '1 asked, 2 unknown, 3 cancelled, 4 refunded, 5 stands, 6 awaiting statement',
  asked      INT         NOT NULL DEFAULT 0 COMMENT 'times that the biller was asked what became of it',
  not_found  INT         NOT NULL DEFAULT 0 COMMENT 'times that it said that it does not know the payment',
  begun_at   DATETIME(3) NOT NULL COMMENT 'UTC',
  due_at     DATETIME(3)          COMMENT 'UTC; when there is something to do; null if there is not',
  reason     VARCHAR(80) NOT NULL COMMENT 'why it stands so',
  PRIMARY KEY (order_id),
  KEY bill_cancellation_due (biller, due_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Statements of billers that were held against our payments.
CREATE TABLE ledger.bill_statement (
  biller     VARCHAR(32) NOT NULL,
  day        DATE        NOT NULL,
  lines_no   INT         NOT NULL,
  total_fen  BIGINT      NOT NULL,
  decided_at DATETIME(3) NOT NULL COMMENT 'UTC',
  PRIMARY KEY (biller, day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What the two sides say differently, for a person to see to.
CREATE TABLE ledger.bill_case (
  biller     VARCHAR(32) NOT NULL,
  day        DATE        NOT NULL,
  order_no   VARCHAR(32) NOT NULL COMMENT 'as the statement writes it',
  kind_code  TINYINT     NOT NULL COMMENT '1 listed, not ours; 2 listed, given back; 3 another amount; 4 paid, not listed; 5 listed twice; 6 listed, undecided here',
  ours_fen   BIGINT      NOT NULL,
  theirs_fen BIGINT      NOT NULL,
  seen_at    DATETIME(3) NOT NULL COMMENT 'UTC',
  PRIMARY KEY (biller, day, order_no, kind_code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Standing orders (代扣): whoever has a card lets its wallet pay the bills of an account, up to an amount each.
CREATE TABLE ledger.standing_order (
  standing_id BINARY(16)     NOT NULL COMMENT 'first 16 bytes of the SHA-256 of caller, 0x00, idempotency key',
  caller      VARCHAR(64)    NOT NULL,
  card_no     BINARY(10)     NOT NULL,
  biller      VARCHAR(32)    NOT NULL,
  account_tag BINARY(16)     NOT NULL,
  sealed      VARBINARY(700) NOT NULL COMMENT 'account and inputs, enciphered for this row alone',
  most_fen    BIGINT         NOT NULL COMMENT 'of one bill',
  notice_days INT            NOT NULL COMMENT 'days between notice and payment',
  ended       TINYINT        NOT NULL DEFAULT 0,
  look_at     DATETIME(3)    NOT NULL COMMENT 'UTC; when bills are asked for next',
  created_at  DATETIME(3)    NOT NULL COMMENT 'UTC',
  PRIMARY KEY (standing_id),
  KEY standing_order_due (ended, look_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A bill that a standing order gave notice of.
CREATE TABLE ledger.standing_bill (
  standing_id BINARY(16)  NOT NULL,
  bill_ref    VARCHAR(40) NOT NULL,
  period      VARCHAR(40) NOT NULL,
  amount_fen  BIGINT      NOT NULL COMMENT 'as it was noticed',
  noticed_at  DATETIME(3) NOT NULL COMMENT 'UTC',
  pay_on      DATE        NOT NULL COMMENT 'of the biller; not paid before that day',
  state_code  TINYINT     NOT NULL COMMENT '1 noticed, 2 paying, 3 paid, 4 not paid, 5 stopped',
  order_id    BINARY(16)           COMMENT 'of the latest attempt',
  attempts    INT         NOT NULL DEFAULT 0,
  reason      VARCHAR(80) NOT NULL DEFAULT '' COMMENT 'why it stands so',
  PRIMARY KEY (standing_id, bill_ref),
  KEY standing_bill_due (state_code, pay_on)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

GRANT SELECT, INSERT ON ledger.bill_payment TO 'onecard_engine'@'%';
GRANT SELECT, INSERT, UPDATE (order_id, claimed_at) ON ledger.bill_claim TO 'onecard_engine'@'%';
GRANT SELECT, INSERT, UPDATE (state_code, asked, not_found, begun_at, due_at, reason) ON ledger.bill_cancellation TO 'onecard_engine'@'%';
GRANT SELECT, INSERT ON ledger.bill_statement TO 'onecard_engine'@'%';
GRANT SELECT, INSERT ON ledger.bill_case TO 'onecard_engine'@'%';
GRANT SELECT, INSERT, UPDATE (ended, look_at) ON ledger.standing_order TO 'onecard_engine'@'%';
GRANT SELECT, INSERT, UPDATE (state_code, order_id, attempts, reason, pay_on, amount_fen) ON ledger.standing_bill TO 'onecard_engine'@'%';
