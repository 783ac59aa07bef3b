-- On-line payments: accounts that live in the books and not on a card, orders, and every step and entry of theirs. Written by
-- card-core, read by settlement. An entry or a step, once written, is never changed; what changes is the row that sums them up.

INSERT INTO ledger.account (account_no, name) VALUES
  (1002, 'cash and bank clearing (现金及银行清算)'),
  (2011, 'wallets of cardholders (联机账户资金)'),
  (2012, 'medical accounts of cardholders (医保个人账户资金)'),
  (2021, 'loads in flight (圈存在途资金)');

-- One row an account: where it stands now. It is always the sum of its entries, and BalanceCheck proves it.
CREATE TABLE ledger.pay_account (
  card_no     BINARY(10)  NOT NULL,
  kind_code   TINYINT     NOT NULL COMMENT '1 wallet, 2 medical account, 3 loads in flight',
  state_code  TINYINT     NOT NULL COMMENT '1 active, 2 blocked, 3 closed',
  limit_class TINYINT     NOT NULL COMMENT 'which limits hold: 1 registered, 2 anonymous',
  balance_fen BIGINT      NOT NULL COMMENT 'with what is held',
  held_fen    BIGINT      NOT NULL COMMENT 'part of the balance that is set aside for orders',
  entry_no    BIGINT      NOT NULL COMMENT 'number of the latest entry; 0 if there is none',
  spent_on    DATE        NOT NULL COMMENT 'business date that spent_fen counts',
  spent_fen   BIGINT      NOT NULL COMMENT 'held and captured on that day, for the limit of a day',
  opened_at   DATETIME(3) NOT NULL COMMENT 'UTC',
  PRIMARY KEY (card_no, kind_code),
  CONSTRAINT pay_account_funds CHECK (held_fen >= 0 AND balance_fen >= held_fen)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One immutable row a change of an account, with its debit and credit side in it: the row is the double entry.
CREATE TABLE ledger.account_entry (
  business_date     DATE        NOT NULL,
  card_no           BINARY(10)  NOT NULL,
  kind_code         TINYINT     NOT NULL,
  entry_no          BIGINT      NOT NULL COMMENT '1, 2, 3 ... of the account',
  order_id          BINARY(16)  NOT NULL,
  step_no           INT         NOT NULL COMMENT 'the step of the order that this belongs to',
  amount_fen        BIGINT      NOT NULL COMMENT 'signed change of the balance',
  held_change_fen   BIGINT      NOT NULL COMMENT 'signed change of what is held',
  balance_after_fen BIGINT      NOT NULL,
  held_after_fen    BIGINT      NOT NULL,
  debit_account     INT         NOT NULL,
  credit_account    INT         NOT NULL,
  party_id          INT         NOT NULL COMMENT 'who is paid, or who pays in',
  service_code      SMALLINT    NOT NULL,
  at                DATETIME(3) NOT NULL COMMENT 'UTC',
  PRIMARY KEY (business_date, card_no, kind_code, entry_no),
  CONSTRAINT entry_two_sides CHECK (debit_account <> credit_account)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
PARTITION BY RANGE COLUMNS (business_date) (PARTITION p_later VALUES LESS THAN (MAXVALUE));

-- Orders. The key is made of the caller's name and the caller's own key, so that a request sent again, on whatever node and
-- however late, finds its order by the primary key.
CREATE TABLE ledger.pay_order (
  order_id       BINARY(16)  NOT NULL COMMENT 'first 16 bytes of the SHA-256 of caller, 0x00, idem_key',
  caller         VARCHAR(64) NOT NULL,
  idem_key       VARCHAR(64) NOT NULL COMMENT 'idempotency key of the caller',
  request_digest BINARY(16)  NOT NULL COMMENT 'of the request that made the order',
  kind_code      TINYINT     NOT NULL COMMENT '1 payment, 2 deposit, 3 withdrawal, 4 top-up from an account, 5 top-up paid in',
  card_no        BINARY(10)  NOT NULL,
  account_kind   TINYINT     NOT NULL,
  party_id       INT         NOT NULL,
  service_code   SMALLINT    NOT NULL,
  amount_fen     BIGINT      NOT NULL COMMENT 'asked for',
  held_fen       BIGINT      NOT NULL COMMENT 'held now',
  captured_fen   BIGINT      NOT NULL,
  refunded_fen   BIGINT      NOT NULL,
  state_code     TINYINT     NOT NULL COMMENT '1 quoted, 2 held, 3 captured, 4 voided, 5 partly refunded, 6 refunded, 7 expired, 8 unknown, 9 refused',
  reason_code    SMALLINT    NOT NULL COMMENT '0, or code of PaymentRefusal if refused',
  steps          INT         NOT NULL COMMENT 'number of the latest step',
  business_date  DATE        NOT NULL COMMENT 'of the hold: the day whose limit it counts against',
  created_at     DATETIME(3) NOT NULL COMMENT 'UTC',
  expires_at     DATETIME(3)          COMMENT 'UTC; null if it was never quoted or held',
  PRIMARY KEY (order_id),
  CONSTRAINT order_amounts CHECK (held_fen >= 0 AND captured_fen >= 0 AND refunded_fen >= 0 AND captured_fen <= amount_fen
    AND refunded_fen <= captured_fen)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One immutable row a transition of an order.
CREATE TABLE ledger.order_step (
  order_id      BINARY(16)  NOT NULL,
  step_no       INT         NOT NULL,
  state_from    TINYINT     NOT NULL COMMENT '0 none',
  state_to      TINYINT     NOT NULL,
  amount_fen    BIGINT      NOT NULL COMMENT 'held, captured, released or refunded by this step',
  actor         VARCHAR(64) NOT NULL,
  reason        VARCHAR(80) NOT NULL COMMENT 'why, in the words of the actor',
  business_date DATE        NOT NULL,
  at            DATETIME(3) NOT NULL COMMENT 'UTC',
  PRIMARY KEY (order_id, step_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Requests that change an order which is there: each has a key of its own, and finds its answer again by it.
CREATE TABLE ledger.order_call (
  call_id        BINARY(16) NOT NULL COMMENT 'first 16 bytes of the SHA-256 of caller, 0x00, idempotency key',
  request_digest BINARY(16) NOT NULL,
  order_id       BINARY(16) NOT NULL,
  step_no        INT        NOT NULL COMMENT 'the step it made; 0 if it was refused',
  reason_code    SMALLINT   NOT NULL COMMENT '0, or code of PaymentRefusal if refused',
  PRIMARY KEY (call_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What will expire, in the order in which it will. A row goes when the hold ends.
CREATE TABLE ledger.hold_expiry (
  expires_at DATETIME(3) NOT NULL COMMENT 'UTC',
  order_id   BINARY(16)  NOT NULL,
  PRIMARY KEY (expires_at, order_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What a card and its host agreed on before a load (圈存): enough to make MAC2 again, and to judge what the card says later.
CREATE TABLE ledger.load_terms (
  card_no         BINARY(10) NOT NULL,
  online_counter  INT        NOT NULL COMMENT 'as INIT FOR LOAD answered, 0 to 65535',
  order_id        BINARY(16) NOT NULL,
  psam_no         BIGINT     NOT NULL COMMENT 'terminal number, six bytes',
  old_balance_fen BIGINT     NOT NULL COMMENT 'of the purse',
  card_random     BINARY(4)  NOT NULL,
  key_version     SMALLINT   NOT NULL,
  host_bcd        BIGINT     NOT NULL COMMENT 'date and time under MAC2, seven bytes',
  PRIMARY KEY (card_no, online_counter, order_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The fence. Entries, steps, calls and terms are written once; of accounts and orders only where they stand may change.
GRANT SELECT, INSERT ON ledger.account_entry TO 'onecard_engine'@'%';
GRANT SELECT, INSERT ON ledger.order_step TO 'onecard_engine'@'%';
GRANT SELECT, INSERT ON ledger.order_call TO 'onecard_engine'@'%';
GRANT SELECT, INSERT ON ledger.load_terms TO 'onecard_engine'@'%';
GRANT SELECT, INSERT, DELETE ON ledger.hold_expiry TO 'onecard_engine'@'%';
GRANT SELECT, INSERT, UPDATE (state_code, limit_class, balance_fen, held_fen, entry_no, spent_on, spent_fen)
  ON ledger.pay_account TO 'onecard_engine'@'%';
GRANT SELECT, INSERT, UPDATE (held_fen, captured_fen, refunded_fen, state_code, steps, business_date, expires_at)
  ON ledger.pay_order TO 'onecard_engine'@'%';
