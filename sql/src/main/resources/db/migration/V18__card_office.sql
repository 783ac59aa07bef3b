-- The card office (卡务): what was done with cards and by whom, and what is still owed to the people who had them.

INSERT INTO ledger.account (account_no, name) VALUES (2031, 'transfers in flight between accounts (账户转移在途)');

-- One immutable row an act. A request sent again finds its act by the key and gets its first answer.
CREATE TABLE ledger.card_act (
  act_id         BINARY(16)  NOT NULL COMMENT 'first 16 bytes of the SHA-256 of caller, 0x00, idem_key',
  caller         VARCHAR(64) NOT NULL,
  idem_key       VARCHAR(64) NOT NULL COMMENT 'idempotency key of the caller',
  request_digest BINARY(16)  NOT NULL,
  card_no        BINARY(10)  NOT NULL,
  change_no      BIGINT      NOT NULL COMMENT 'of the register: the order in which acts were done',
  act_code       TINYINT     NOT NULL COMMENT '1 activate, 2 report lost, 3 found, 4 replace, 5 close, 6 renew, 7 change kind, 8 locked on the card',
  state_from     TINYINT     NOT NULL COMMENT 'of the card, as in ledger.card',
  state_to       TINYINT     NOT NULL,
  new_card       BINARY(10)           COMMENT 'that takes its place; of a replacement',
  changed        VARCHAR(80) NOT NULL COMMENT 'what else was changed, from and to; empty if nothing',
  actor          VARCHAR(64) NOT NULL COMMENT 'the person at the counter or at the console',
  reason         VARCHAR(80) NOT NULL,
  at             DATETIME(3) NOT NULL COMMENT 'UTC',
  PRIMARY KEY (act_id),
  KEY card_act_by_card (card_no, change_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What the purse of a card that is no more still holds, by the books: paid to an account once no tap of it can be late any more.
CREATE TABLE ledger.purse_claim (
  card_no    BINARY(10)  NOT NULL COMMENT 'the card that is no more',
  heir_card  BINARY(10)  NOT NULL COMMENT 'whose wallet gets it; may be the same card',
  act_id     BINARY(16)  NOT NULL COMMENT 'by which it came to be',
  due_on     DATE        NOT NULL COMMENT 'first day on which it may be paid, in China',
  face_fen   BIGINT               COMMENT 'what the card itself said; null if nobody could read it',
  state_code TINYINT     NOT NULL COMMENT '1 waiting, 2 paid, 3 there was nothing, 4 the books say less than nothing',
  amount_fen BIGINT      NOT NULL COMMENT 'paid, or by how much the books are below nothing; 0 while it waits',
  decided_at DATETIME(3)          COMMENT 'UTC',
  PRIMARY KEY (card_no),
  KEY purse_claim_due (state_code, due_on)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Accounts of cards that were replaced: whatever comes onto them moves on. What is about to move is written before it does, so that whoever comes
-- next can finish it.
CREATE TABLE ledger.account_move (
  card_no    BINARY(10)  NOT NULL COMMENT 'from',
  kind_code  TINYINT     NOT NULL COMMENT 'as in ledger.pay_account',
  heir_card  BINARY(10)  NOT NULL COMMENT 'to',
  state_code TINYINT     NOT NULL COMMENT '1 nothing is on its way, 2 an amount is',
  entry_no   BIGINT      NOT NULL COMMENT 'latest entry of the account when the amount was read; names its orders',
  amount_fen BIGINT      NOT NULL COMMENT 'on its way',
  PRIMARY KEY (card_no, kind_code),
  KEY account_move_open (state_code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The hotlist (黑名单) that terminals fetch: the number of the register's change by which a card came onto it or left it. So a terminal that
-- has seen all up to a number asks for what came later, and the whole list is what came after nothing.
ALTER TABLE ledger.card ADD COLUMN listed_no BIGINT NOT NULL DEFAULT 0 COMMENT 'change by which it was listed or left the list; 0 if it never was', ADD INDEX card_listed (listed_no, card_no);
UPDATE ledger.card SET listed_no = change_no WHERE state_code IN (2, 3);

GRANT SELECT, INSERT ON ledger.card_act TO 'onecard_engine'@'%';
GRANT SELECT, INSERT, UPDATE (state_code, amount_fen, decided_at) ON ledger.purse_claim TO 'onecard_engine'@'%';
GRANT SELECT, INSERT, UPDATE (state_code, entry_no, amount_fen) ON ledger.account_move TO 'onecard_engine'@'%';
-- What cards held and spent, day by day, as settlement sealed it.
GRANT SELECT ON clearing.day_card TO 'onecard_engine'@'%';
GRANT SELECT (business_date, stage_code) ON clearing.day_run TO 'onecard_engine'@'%';
