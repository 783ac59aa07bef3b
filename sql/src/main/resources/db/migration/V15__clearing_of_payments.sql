-- Clearing of on-line payments, beside that of taps. Written by settlement alone.

-- Services (行业), as fee rules and files name them. A domain more is a row more.
CREATE TABLE clearing.service (
  service_code SMALLINT    NOT NULL,
  name         VARCHAR(24) NOT NULL,
  domain       VARCHAR(24) NOT NULL COMMENT 'what it is reported under',
  PRIMARY KEY (service_code),
  UNIQUE KEY service_by_name (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT INTO clearing.service (service_code, name, domain) VALUES
  (1, 'BUS', 'TRANSIT'),
  (2, 'METRO', 'TRANSIT'),
  (10, 'SHOP', 'RETAIL'),
  (21, 'WATER', 'UTILITY'),
  (22, 'ELECTRICITY', 'UTILITY'),
  (23, 'GAS', 'UTILITY'),
  (30, 'CLINIC', 'MEDICAL');

-- The seal of a day's account entries, each with the step of its order.
CREATE TABLE clearing.payment_seal (
  business_date DATE       NOT NULL,
  entry_count   BIGINT     NOT NULL,
  moved_fen     BIGINT     NOT NULL COMMENT 'sum of the changes of balances, without their signs',
  merkle_root   BINARY(32) NOT NULL,
  PRIMARY KEY (business_date)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The seal of one account's entries of a day: the leaves under the day's root. The second key finds an account's day before.
CREATE TABLE clearing.account_seal (
  business_date      DATE       NOT NULL,
  card_no            BINARY(10) NOT NULL,
  kind_code          TINYINT    NOT NULL COMMENT '1 wallet, 2 medical account, 3 loads in flight',
  entry_count        BIGINT     NOT NULL,
  moved_fen          BIGINT     NOT NULL,
  balance_before_fen BIGINT     NOT NULL,
  held_before_fen    BIGINT     NOT NULL,
  last_entry_no      BIGINT     NOT NULL,
  balance_after_fen  BIGINT     NOT NULL,
  held_after_fen     BIGINT     NOT NULL,
  root               BINARY(32) NOT NULL,
  PRIMARY KEY (business_date, card_no, kind_code),
  KEY account_seal_by_account (card_no, kind_code, business_date)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The shares of a day in what was paid on line. A refund is shared by the rules that its capture was cleared with.
CREATE TABLE clearing.cleared_payment (
  business_date  DATE     NOT NULL,
  source_code    TINYINT  NOT NULL COMMENT '2 payments, 3 refunds',
  fee_version    INT      NOT NULL,
  party_id       INT      NOT NULL,
  service_code   SMALLINT NOT NULL,
  beneficiary_id INT      NOT NULL,
  item_count     BIGINT   NOT NULL COMMENT 'of (source, version, party, service)',
  gross_fen      BIGINT   NOT NULL COMMENT 'of (source, version, party, service); below zero for refunds',
  share_fen      BIGINT   NOT NULL,
  PRIMARY KEY (business_date, source_code, fee_version, party_id, service_code, beneficiary_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What parties took in for accounts (cash desks, banks), and paid out of them.
CREATE TABLE clearing.funding (
  business_date DATE   NOT NULL,
  party_id      INT    NOT NULL,
  paid_in_fen   BIGINT NOT NULL,
  paid_out_fen  BIGINT NOT NULL,
  PRIMARY KEY (business_date, party_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The trial balance (试算平衡) after a day: every account of the chart. Debits are credits, and the balances add up to zero.
CREATE TABLE clearing.trial_balance (
  business_date DATE   NOT NULL,
  account_no    INT    NOT NULL,
  debit_fen     BIGINT NOT NULL COMMENT 'of the day',
  credit_fen    BIGINT NOT NULL COMMENT 'of the day',
  balance_fen   BIGINT NOT NULL COMMENT 'credits less debits, since the books were begun',
  PRIMARY KEY (business_date, account_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What a party is paid for a day. What it owes is carried to the day after: carried in + net = paid + carried out.
CREATE TABLE clearing.payout (
  business_date   DATE   NOT NULL,
  party_id        INT    NOT NULL,
  carried_in_fen  BIGINT NOT NULL COMMENT 'zero or below',
  net_fen         BIGINT NOT NULL,
  paid_fen        BIGINT NOT NULL COMMENT 'zero or above',
  carried_out_fen BIGINT NOT NULL COMMENT 'zero or below',
  PRIMARY KEY (business_date, party_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
