-- The terminals that card-core is towards a bank, and what they did there. A row is written before its message leaves and changes
-- only in how it stands. Written by card-core, read by settlement.

CREATE TABLE ledger.bank_terminal (
  terminal VARCHAR(8) NOT NULL COMMENT 'field 41',
  batch    INT        NOT NULL COMMENT '1 to 999999',
  sequence BIGINT     NOT NULL COMMENT 'messages begun so far; the trace is its last six digits but never 000000',
  PRIMARY KEY (terminal)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE ledger.bank_transaction (
  terminal       VARCHAR(8)      NOT NULL,
  sequence       BIGINT          NOT NULL COMMENT 'of the message that began it',
  leg            BINARY(16)      NOT NULL COMMENT 'the leg of an order that this is',
  batch          INT             NOT NULL,
  trace          INT             NOT NULL,
  kind_code      SMALLINT        NOT NULL COMMENT 'field 60.1: 10 pre-authorisation, 11 its cancel, 20 completion, 21 its cancel, 22 sale, 23 void, 25 refund',
  state_code     TINYINT         NOT NULL COMMENT '1 sent, 2 stored, 3 approved, 4 declined, 5 not sent, 6 reversing, 7 reversed, 8 case',
  reason         VARCHAR(2)               COMMENT 'of a reversal: 98 no answer, 06 not readable, A0 wrong MAC',
  tries          TINYINT         NOT NULL COMMENT 'reversals sent without a good answer',
  amount_fen     BIGINT          NOT NULL,
  sealed         VARBINARY(1024) NOT NULL COMMENT 'the request without PIN, tracks and MAC, enciphered: it has the card number',
  answer         VARCHAR(2)               COMMENT 'field 39; null without an answer',
  reference      VARCHAR(12)               COMMENT 'field 37',
  authorisation  VARCHAR(6)               COMMENT 'field 38',
  host_day       VARCHAR(4)               COMMENT 'field 13, MMDD',
  settlement_day VARCHAR(4)               COMMENT 'field 15, MMDD',
  approved_fen   BIGINT                   COMMENT 'field 4',
  balance_fen    BIGINT                   COMMENT 'of the bank card, if the host said it',
  begun_at       DATETIME(3)     NOT NULL COMMENT 'UTC',
  changed_at     DATETIME(3)     NOT NULL COMMENT 'UTC',
  PRIMARY KEY (terminal, sequence),
  UNIQUE KEY bank_transaction_leg (leg),
  KEY bank_transaction_state (terminal, state_code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

GRANT SELECT, INSERT, UPDATE (batch, sequence) ON ledger.bank_terminal TO 'onecard_engine'@'%';
GRANT SELECT, INSERT, UPDATE (state_code, reason, tries, answer, reference, authorisation, host_day, settlement_day, approved_fen, balance_fen, changed_at)
  ON ledger.bank_transaction TO 'onecard_engine'@'%';
