-- Bills that the health insurance shares (医保结算). How a bill is split and where it stands is part of the ledger; what the doctor
-- found and did is not: it lies in a schema of its own, sealed row by row, where settlement and analytics have no rights at all.

CREATE TABLE ledger.medical_link (
  institution VARCHAR(12) NOT NULL COMMENT 'fixmedins_code',
  sequence    BIGINT      NOT NULL COMMENT 'messages numbered so far; a number carries the last four digits',
  PRIMARY KEY (institution)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One row a settlement. It is written before the message that settles leaves, and changes only in how it stands.
CREATE TABLE ledger.medical_settlement (
  settlement_id      BINARY(16)     NOT NULL COMMENT 'first 16 bytes of the SHA-256 of caller, 0x00, idempotency key',
  party_id           INT            NOT NULL COMMENT 'the institution',
  card_no            BINARY(10)     NOT NULL,
  day                DATE           NOT NULL COMMENT 'in China, on which the insurance counts it',
  message            VARCHAR(30)    NOT NULL COMMENT 'number of the message that settles',
  revoking_message   VARCHAR(30)             COMMENT 'number of the message that takes the settlement back, once there is one',
  settlement_no      VARCHAR(30)             COMMENT 'number at the insurance (setl_id), once it is settled',
  state_code         TINYINT        NOT NULL COMMENT '1 quoted, 2 settling, 3 settled, 4 paid, 5 reversing, 6 revoking, 7 releasing, 8 released, 9 cancelled, 10 awaiting statement',
  paid               TINYINT        NOT NULL COMMENT '1 if the card paid its part, whatever came later',
  reason             VARCHAR(80)    NOT NULL COMMENT 'why it stands so',
  total_fen          BIGINT         NOT NULL,
  fund_fen           BIGINT         NOT NULL COMMENT 'pooled fund and other public funds',
  account_fen        BIGINT         NOT NULL COMMENT 'personal account',
  mutual_aid_fen     BIGINT         NOT NULL COMMENT 'account of the family',
  cash_fen           BIGINT         NOT NULL COMMENT 'what the person pays',
  hospital_fen       BIGINT         NOT NULL,
  quoted_account_fen BIGINT         NOT NULL COMMENT 'as quoted, and held',
  quoted_cash_fen    BIGINT         NOT NULL COMMENT 'as quoted, and held',
  sealed             VARBINARY(1024) NOT NULL COMMENT 'the claim, enciphered: it has the person''s number',
  changed_at         DATETIME(3)    NOT NULL COMMENT 'UTC',
  PRIMARY KEY (settlement_id),
  KEY medical_settlement_state (party_id, state_code, changed_at),
  KEY medical_settlement_day (party_id, day),
  CONSTRAINT medical_legs CHECK (fund_fen >= 0 AND account_fen >= 0 AND mutual_aid_fen >= 0 AND cash_fen >= 0 AND hospital_fen >= 0
    AND total_fen = fund_fen + account_fen + mutual_aid_fen + cash_fen + hospital_fen)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- All that leaves of what was done to patients: how much of which category, a day and an institution.
CREATE TABLE ledger.medical_statistic (
  day        DATE       NOT NULL,
  party_id   INT        NOT NULL COMMENT 'the institution',
  category   VARCHAR(6) NOT NULL COMMENT 'class of fees (med_chrgitm_type)',
  amount_fen BIGINT     NOT NULL,
  line_count INT        NOT NULL,
  PRIMARY KEY (day, party_id, category)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A patient's diagnoses and fee lines; what a row is, is inside its seal.
CREATE TABLE patient.medical_item (
  settlement_id BINARY(16)      NOT NULL,
  item_no       INT             NOT NULL,
  sealed        VARBINARY(1024) NOT NULL COMMENT 'enciphered under a key of its own, for this row alone',
  PRIMARY KEY (settlement_id, item_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

GRANT SELECT, INSERT, UPDATE (sequence) ON ledger.medical_link TO 'onecard_engine'@'%';
GRANT SELECT, INSERT, UPDATE (day, revoking_message, settlement_no, state_code, paid, reason, fund_fen, account_fen, mutual_aid_fen, cash_fen, hospital_fen, changed_at)
  ON ledger.medical_settlement TO 'onecard_engine'@'%';
GRANT SELECT, INSERT, DELETE ON ledger.medical_statistic TO 'onecard_engine'@'%';
GRANT SELECT, INSERT ON patient.medical_item TO 'onecard_engine'@'%';
