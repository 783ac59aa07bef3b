-- What shops' tills report (云MIS): sales with their lines, what was given back of them, what tills uploaded, and which group of
-- consumption a category code stands for. Written by card-core, read by settlement. No row says whose a sale was: the order does,
-- and its number is the sale's.

CREATE TABLE ledger.register_sale (
  sale_id       BINARY(16)  NOT NULL COMMENT 'number of the order, made of caller and idem_key; also where no order was paid',
  caller        VARCHAR(64) NOT NULL,
  idem_key      VARCHAR(64) NOT NULL,
  sale_digest   BINARY(16)  NOT NULL COMMENT 'of everything the till said',
  party_id      INT         NOT NULL,
  service_code  SMALLINT    NOT NULL,
  store_no      VARCHAR(32) NOT NULL,
  till_no       VARCHAR(32) NOT NULL,
  means_code    TINYINT     NOT NULL COMMENT '1 an account on line, 2 the purse of a card, 3 cash, 4 bank card, 5 another code',
  psam_no       BIGINT               COMMENT 'of the tap, if the purse paid',
  psam_seq      BIGINT               COMMENT 'of the tap, if the purse paid',
  amount_fen    BIGINT      NOT NULL COMMENT 'paid: net_fen and rounding_fen',
  gross_fen     BIGINT      NOT NULL,
  discount_fen  BIGINT      NOT NULL,
  net_fen       BIGINT      NOT NULL,
  rounding_fen  TINYINT     NOT NULL COMMENT '-9 to 9',
  tax_fen       BIGINT               COMMENT 'null if the till does not say',
  line_count    SMALLINT    NOT NULL,
  business_date DATE        NOT NULL COMMENT 'when it was written down here',
  sold_at       DATETIME(3) NOT NULL COMMENT 'UTC, as the till says',
  received_at   DATETIME(3) NOT NULL COMMENT 'UTC',
  PRIMARY KEY (sale_id),
  CONSTRAINT sale_adds_up CHECK (net_fen = gross_fen - discount_fen AND amount_fen = net_fen + rounding_fen)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE ledger.sale_line (
  business_date  DATE         NOT NULL,
  sale_id        BINARY(16)   NOT NULL,
  line_no        INT          NOT NULL,
  sku            VARCHAR(64)  NOT NULL COMMENT 'article number of the shop',
  ean            VARCHAR(14)           COMMENT 'GTIN, if there is one',
  name           VARCHAR(100) NOT NULL,
  qty_milli      BIGINT       NOT NULL COMMENT 'thousandths of a unit',
  unit           VARCHAR(16)  NOT NULL,
  unit_price_fen BIGINT       NOT NULL,
  gross_fen      BIGINT       NOT NULL COMMENT 'quantity times unit price, half up',
  discount_fen   BIGINT       NOT NULL,
  net_fen        BIGINT       NOT NULL,
  tax_fen        BIGINT                COMMENT 'null if the till does not say',
  code_system    VARCHAR(32)  NOT NULL COMMENT 'whose category codes these are',
  category_code  VARCHAR(64)  NOT NULL COMMENT 'as the till says; what it stands for is looked up when it is asked for',
  PRIMARY KEY (business_date, sale_id, line_no),
  CONSTRAINT line_adds_up CHECK (net_fen = gross_fen - discount_fen AND discount_fen >= 0 AND net_fen >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
PARTITION BY RANGE COLUMNS (business_date) (PARTITION p_later VALUES LESS THAN (MAXVALUE));

-- What is given back of a sale. The running number lets only one refund of a sale begin at a time, so that no line goes back twice.
CREATE TABLE ledger.sale_refund (
  sale_id        BINARY(16)  NOT NULL,
  refund_no      INT         NOT NULL COMMENT '1, 2, 3 ... of the sale',
  call_id        BINARY(16)  NOT NULL COMMENT 'first 16 bytes of the SHA-256 of caller, 0x00, idempotency key',
  refund_digest  BINARY(16)  NOT NULL,
  state_code     TINYINT     NOT NULL COMMENT '1 begun, 2 given back, 3 refused',
  reason_code    SMALLINT    NOT NULL COMMENT '0, or code of PaymentRefusal if refused',
  amount_fen     BIGINT      NOT NULL,
  at             DATETIME(3) NOT NULL COMMENT 'UTC',
  PRIMARY KEY (sale_id, refund_no),
  UNIQUE KEY sale_refund_call (call_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE ledger.sale_refund_line (
  sale_id    BINARY(16) NOT NULL,
  refund_no  INT        NOT NULL,
  line_no    INT        NOT NULL,
  qty_milli  BIGINT     NOT NULL,
  amount_fen BIGINT     NOT NULL,
  PRIMARY KEY (sale_id, refund_no, line_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What a till uploaded when it was on line again, each with its running number; a till that is started anew begins a new epoch.
CREATE TABLE ledger.till_record (
  party_id    INT         NOT NULL,
  store_no    VARCHAR(32) NOT NULL,
  till_no     VARCHAR(32) NOT NULL,
  epoch       BIGINT      NOT NULL,
  seq         BIGINT      NOT NULL COMMENT '1, 2, 3 ... of the epoch',
  sale_id     BINARY(16)  NOT NULL,
  sale_digest BINARY(16)  NOT NULL,
  answer      VARCHAR(32) NOT NULL COMMENT 'TAKEN, or why not',
  received_at DATETIME(3) NOT NULL COMMENT 'UTC',
  PRIMARY KEY (party_id, store_no, till_no, epoch, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE ledger.till_epoch (
  party_id      INT         NOT NULL,
  store_no      VARCHAR(32) NOT NULL,
  till_no       VARCHAR(32) NOT NULL,
  epoch         BIGINT      NOT NULL,
  acked_through BIGINT      NOT NULL COMMENT 'every record up to this one is here',
  PRIMARY KEY (party_id, store_no, till_no, epoch)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Which group of consumption a category code stands for, by version; the highest one holds.
CREATE TABLE ledger.category_version (
  code_system  VARCHAR(32) NOT NULL,
  version_no   INT         NOT NULL,
  content      BINARY(16)  NOT NULL COMMENT 'digest of the rows',
  published_at DATETIME(3) NOT NULL COMMENT 'UTC',
  PRIMARY KEY (code_system, version_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE ledger.category (
  code_system   VARCHAR(32) NOT NULL,
  version_no    INT         NOT NULL,
  category_code VARCHAR(64) NOT NULL,
  group_code    TINYINT     NOT NULL COMMENT 'NBS group 1 to 8: food, tobacco and liquor; clothing; residence; household; transport and communication; education and recreation; health; other',
  coicop_code   VARCHAR(8)  NOT NULL COMMENT 'COICOP 2018 division, group or class',
  partial_code  TINYINT     NOT NULL COMMENT '1 if what the code stands for lies only in part in that group',
  PRIMARY KEY (code_system, version_no, category_code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The fence. Sales, lines and records are written once; of a refund and an epoch only where they stand may change.
GRANT SELECT, INSERT ON ledger.register_sale TO 'onecard_engine'@'%';
GRANT SELECT, INSERT ON ledger.sale_line TO 'onecard_engine'@'%';
GRANT SELECT, INSERT ON ledger.sale_refund_line TO 'onecard_engine'@'%';
GRANT SELECT, INSERT ON ledger.till_record TO 'onecard_engine'@'%';
GRANT SELECT, INSERT ON ledger.category_version TO 'onecard_engine'@'%';
GRANT SELECT, INSERT ON ledger.category TO 'onecard_engine'@'%';
GRANT SELECT, INSERT, UPDATE (state_code, reason_code) ON ledger.sale_refund TO 'onecard_engine'@'%';
GRANT SELECT, INSERT, UPDATE (acked_through) ON ledger.till_epoch TO 'onecard_engine'@'%';
