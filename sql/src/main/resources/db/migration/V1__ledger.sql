-- The ledger: who may tap, and what was tapped. Written by card-core, read by settlement.
-- Portable between MySQL 8.0 and MariaDB 11.4, and kept inside the subset that distributed MySQL-protocol engines accept.

-- The one row that says which business date is open. Closing a day locks it first.
CREATE TABLE ledger.business_calendar (
  calendar_id TINYINT  NOT NULL COMMENT 'always 1',
  open_date   DATE     NOT NULL COMMENT 'business date (清算日期) that postings are stamped with',
  PRIMARY KEY (calendar_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Every business date there has been. A closed one never changes again.
CREATE TABLE ledger.business_day (
  business_date DATE        NOT NULL,
  opened_at     DATETIME(3) NOT NULL COMMENT 'UTC',
  closed_at     DATETIME(3)          COMMENT 'UTC; null while open',
  PRIMARY KEY (business_date)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One row a writer of a core node. A posting transaction locks its own row and stamps its open_date; closing a day
-- moves every row in one transaction. So no posting can carry a date that is closed, and postings never wait for each other.
CREATE TABLE ledger.posting_shard (
  shard_id  VARCHAR(40) NOT NULL COMMENT 'node name and writer number',
  open_date DATE        NOT NULL,
  PRIMARY KEY (shard_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Parties to settlement (结算方).
CREATE TABLE ledger.party (
  party_id     INT         NOT NULL,
  name         VARCHAR(80) NOT NULL,
  role_code    TINYINT     NOT NULL COMMENT '1 operator, 2 card company, 3 city fund',
  bank_account VARCHAR(34) NOT NULL,
  bank_code    VARCHAR(14) NOT NULL COMMENT 'CNAPS bank number',
  PRIMARY KEY (party_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Lines of a service.
CREATE TABLE ledger.transit_line (
  service_code TINYINT     NOT NULL COMMENT '1 bus, 2 metro',
  line_no      INT         NOT NULL,
  name         VARCHAR(80) NOT NULL,
  PRIMARY KEY (service_code, line_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- PSAMs (终端安全模块) and what they are bound to.
CREATE TABLE ledger.psam (
  psam_no      BIGINT      NOT NULL COMMENT 'terminal number term6, six bytes',
  gateway      VARCHAR(64) NOT NULL COMMENT 'common name of the certificate that may send its taps',
  party_id     INT         NOT NULL,
  service_code TINYINT     NOT NULL,
  district     CHAR(6)     NOT NULL COMMENT 'GB/T 2260 code',
  valid_from   DATE        NOT NULL COMMENT 'inclusive',
  valid_to     DATE        NOT NULL COMMENT 'inclusive',
  PRIMARY KEY (psam_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Cards issued.
CREATE TABLE ledger.card (
  card_no             BINARY(10)  NOT NULL COMMENT '20 digits BCD',
  card_class          SMALLINT    NOT NULL COMMENT 'card type byte',
  card_kind           SMALLINT    NOT NULL COMMENT 'concession class byte: 1 ordinary, 2 student, 3 senior, 4 test, 5 military',
  issuer_id           BIGINT      NOT NULL COMMENT 'issuer id of file 0015, eight bytes',
  city                INT         NOT NULL COMMENT 'two bytes',
  algorithm_code      TINYINT     NOT NULL COMMENT '1 3DES, 2 SM4',
  key_scheme          VARCHAR(40) NOT NULL COMMENT 'name of the scheme that says how its keys are diversified',
  state_code          TINYINT     NOT NULL COMMENT '1 active, 2 reported lost, 3 closed',
  state_since         DATETIME    NOT NULL COMMENT 'local time of China',
  valid_from          DATE        NOT NULL COMMENT 'inclusive',
  valid_to            DATE        NOT NULL COMMENT 'inclusive',
  opening_balance_fen BIGINT      NOT NULL COMMENT 'purse balance when the books first knew the card',
  PRIMARY KEY (card_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Versions of the fare table (票价表), as text.
CREATE TABLE ledger.tariff (
  tariff_version INT        NOT NULL,
  valid_from     DATE       NOT NULL,
  body           MEDIUMTEXT NOT NULL,
  PRIMARY KEY (tariff_version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The chart of accounts. A journal row names one to debit and one to credit.
CREATE TABLE ledger.account (
  account_no INT         NOT NULL,
  name       VARCHAR(80) NOT NULL,
  PRIMARY KEY (account_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT INTO ledger.account (account_no, name) VALUES
  (2001, 'purses of cardholders (电子钱包资金)'),
  (2101, 'owed to parties, not yet settled (商户待清算款)'),
  (2901, 'suspense (待处理)');

-- The journal: one immutable row a tap, with its debit and credit side in it. The row is the double entry. Clustered by
-- terminal for writing, so that it goes in at the speed of the disk; there is no other index, and there must be none.
CREATE TABLE ledger.tap_journal (
  business_date      DATE        NOT NULL,
  psam_no            BIGINT      NOT NULL COMMENT 'six bytes',
  psam_seq           BIGINT      NOT NULL COMMENT 'four bytes, unsigned',
  card_no            BINARY(10)  NOT NULL,
  card_counter       INT         NOT NULL COMMENT 'before the debit, 0 to 65535',
  amount_fen         BIGINT      NOT NULL,
  full_fare_fen      BIGINT      NOT NULL,
  balance_before_fen BIGINT      NOT NULL,
  event_at           DATETIME             COMMENT 'local time of China; null if the terminal sent no time',
  event_bcd          BIGINT      NOT NULL COMMENT 'seven bytes as sent',
  received_at        DATETIME(3) NOT NULL COMMENT 'UTC',
  debit_account      INT         NOT NULL,
  credit_account     INT         NOT NULL COMMENT '2101 accepted, 2901 suspect',
  reason_code        SMALLINT    NOT NULL COMMENT '0 accepted, else code of Refusal',
  party_id           INT         NOT NULL,
  service_code       SMALLINT    NOT NULL,
  line_no            INT         NOT NULL,
  station_no         INT         NOT NULL,
  ride_kind          SMALLINT    NOT NULL COMMENT '1 single, 2 entry, 3 exit',
  txn_type           SMALLINT    NOT NULL COMMENT '6 purchase, 9 composite purchase',
  card_class         SMALLINT    NOT NULL,
  card_kind          SMALLINT    NOT NULL,
  key_version        SMALLINT    NOT NULL,
  algorithm_byte     SMALLINT    NOT NULL,
  tariff_version     INT         NOT NULL,
  tac                BINARY(4)   NOT NULL,
  flags              TINYINT     NOT NULL COMMENT '1 grey, 2 MAC2 failed',
  terminal_serial    BIGINT      NOT NULL,
  frame_digest       BINARY(16)  NOT NULL COMMENT 'of the canonical frame',
  PRIMARY KEY (business_date, psam_no, psam_seq),
  CONSTRAINT tap_amount CHECK (amount_fen >= 0),
  CONSTRAINT tap_two_sides CHECK (debit_account <> credit_account)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
PARTITION BY RANGE COLUMNS (business_date) (PARTITION p_later VALUES LESS THAN (MAXVALUE));

-- Frames that moved no money: forged, in conflict, malformed. Kept whole, as evidence.
CREATE TABLE ledger.tap_evidence (
  business_date DATE           NOT NULL,
  psam_no       BIGINT         NOT NULL COMMENT 'as the frame says, masked to six bytes',
  psam_seq      BIGINT         NOT NULL COMMENT 'as the frame says',
  frame_digest  BINARY(16)     NOT NULL COMMENT 'first 16 bytes of the SHA-256 of frame',
  outcome_code  TINYINT        NOT NULL COMMENT '1 conflict, 2 forged, 3 malformed',
  reason_code   SMALLINT       NOT NULL COMMENT 'code of Refusal',
  amount_fen    BIGINT         NOT NULL COMMENT 'as the frame says; 0 if malformed',
  gateway       VARCHAR(64)    NOT NULL,
  received_at   DATETIME(3)    NOT NULL COMMENT 'UTC',
  frame         VARBINARY(512) NOT NULL COMMENT 'the protobuf message, cut after 512 bytes',
  PRIMARY KEY (business_date, psam_no, psam_seq, frame_digest)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
