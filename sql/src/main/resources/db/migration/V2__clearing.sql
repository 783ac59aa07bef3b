-- Clearing: what settlement makes of a closed day. Written by settlement alone.

-- Where the night of a business date stands.
CREATE TABLE clearing.day_run (
  business_date     DATE        NOT NULL,
  stage_code        TINYINT     NOT NULL COMMENT '1 closed, 2 sealed, 3 cleared, 4 netted, 5 published',
  closed_at         DATETIME(3) NOT NULL COMMENT 'UTC; the only clock that the files show',
  card_salt         BINARY(32)  NOT NULL COMMENT 'orders the cards of the day for day_card; never leaves this schema',
  tap_count         BIGINT      NOT NULL,
  accepted_fen      BIGINT      NOT NULL,
  suspense_fen      BIGINT      NOT NULL,
  fee_version       INT         NOT NULL,
  merkle_root       BINARY(32)  NOT NULL COMMENT 'zeros until sealed',
  PRIMARY KEY (business_date)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The seal of one terminal's taps of a day: the leaves under the day's Merkle root.
CREATE TABLE clearing.psam_seal (
  business_date DATE       NOT NULL,
  psam_no       BIGINT     NOT NULL,
  tap_count     BIGINT     NOT NULL,
  amount_fen    BIGINT     NOT NULL,
  root          BINARY(32) NOT NULL,
  PRIMARY KEY (business_date, psam_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The day's journal in card order: for people, for counter and balance checks, for the extract.
CREATE TABLE clearing.sealed_tap (
  business_date      DATE       NOT NULL,
  card_no            BINARY(10) NOT NULL,
  card_counter       INT        NOT NULL,
  psam_no            BIGINT     NOT NULL,
  psam_seq           BIGINT     NOT NULL,
  amount_fen         BIGINT     NOT NULL,
  full_fare_fen      BIGINT     NOT NULL,
  balance_before_fen BIGINT     NOT NULL,
  event_at           DATETIME,
  reason_code        SMALLINT   NOT NULL COMMENT '0 accepted',
  party_id           INT        NOT NULL,
  service_code       SMALLINT   NOT NULL,
  line_no            INT        NOT NULL,
  station_no         INT        NOT NULL,
  ride_kind          SMALLINT   NOT NULL,
  card_kind          SMALLINT   NOT NULL,
  district           CHAR(6)    NOT NULL COMMENT 'of the PSAM; 000000 if the PSAM is not enrolled',
  PRIMARY KEY (business_date, card_no, card_counter, psam_no, psam_seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The cards of a day: how their day ended, and the number that stands for each of them in the extract of that one day.
-- The second key finds a card's day before, without a look at everybody's.
CREATE TABLE clearing.day_card (
  business_date     DATE       NOT NULL,
  card_no           BINARY(10) NOT NULL,
  day_card_no       INT        NOT NULL COMMENT '1.. in the order of SHA-256(salt, card): says nothing about another day',
  tap_count         INT        NOT NULL,
  amount_fen        BIGINT     NOT NULL,
  last_counter      INT        NOT NULL,
  balance_after_fen BIGINT     NOT NULL,
  PRIMARY KEY (business_date, card_no),
  KEY day_card_by_card (card_no, business_date)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What the card checks found (断号, 账卡不平). Never a refusal: the taps stay posted.
CREATE TABLE clearing.card_finding (
  business_date DATE       NOT NULL,
  card_no       BINARY(10) NOT NULL,
  card_counter  INT        NOT NULL COMMENT 'of the tap at which it shows',
  finding_code  TINYINT    NOT NULL COMMENT '1 counter gap, 2 counter twice, 3 balance does not continue, 4 counter goes back',
  expected      BIGINT     NOT NULL COMMENT 'counter or fen',
  found         BIGINT     NOT NULL COMMENT 'counter or fen',
  PRIMARY KEY (business_date, card_no, card_counter, finding_code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Versions of the fee rules, and the rules: how each fen of (party, service) is shared out.
CREATE TABLE clearing.fee_version (
  fee_version INT  NOT NULL,
  valid_from  DATE NOT NULL COMMENT 'first business date, inclusive',
  PRIMARY KEY (fee_version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE clearing.fee_rule (
  fee_version    INT     NOT NULL,
  party_id       INT     NOT NULL COMMENT 'whose takings; 0 = every party not named',
  service_code   TINYINT NOT NULL,
  beneficiary_id INT     NOT NULL COMMENT 'who gets the share; 0 = the party itself',
  share_weight   BIGINT  NOT NULL COMMENT 'hundred-thousandths; the weights of a rule add up to 100000',
  PRIMARY KEY (fee_version, party_id, service_code, beneficiary_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The shares of a day.
CREATE TABLE clearing.cleared_share (
  business_date  DATE     NOT NULL,
  party_id       INT      NOT NULL,
  service_code   SMALLINT NOT NULL,
  beneficiary_id INT      NOT NULL,
  tap_count      BIGINT   NOT NULL COMMENT 'of (party, service)',
  gross_fen      BIGINT   NOT NULL COMMENT 'of (party, service)',
  share_fen      BIGINT   NOT NULL,
  PRIMARY KEY (business_date, party_id, service_code, beneficiary_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The net position of everybody after a day; the purses' own row has party 0. The positions of a day add up to zero.
CREATE TABLE clearing.net_position (
  business_date DATE   NOT NULL,
  party_id      INT    NOT NULL COMMENT '0 = the purses of cardholders, -1 = suspense',
  net_fen       BIGINT NOT NULL COMMENT 'positive: is owed',
  PRIMARY KEY (business_date, party_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The files of a day.
CREATE TABLE clearing.day_file (
  business_date DATE         NOT NULL,
  file_name     VARCHAR(120) NOT NULL,
  byte_count    BIGINT       NOT NULL,
  sha256        BINARY(32)   NOT NULL,
  PRIMARY KEY (business_date, file_name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
