-- The parties that call the interface over HTTPS, what they may do, and what they are told of their orders. Written by card-core.

CREATE TABLE ledger.api_caller (
  caller        VARCHAR(64)  NOT NULL COMMENT 'its name, which is also the name of its key',
  party_id      INT          NOT NULL COMMENT 'for whom it acts: every order it opens is this party''s',
  public_key    BINARY(32)   NOT NULL COMMENT 'Ed25519',
  scopes        VARCHAR(200) NOT NULL COMMENT 'what it may do, separated by blanks',
  per_second    INT          NOT NULL COMMENT 'requests a second that it may make for long',
  webhook_url   VARCHAR(400)          COMMENT 'where it is told; null if it fetches',
  webhook_after BIGINT       NOT NULL COMMENT 'number of the latest event it has acknowledged',
  webhook_next  DATETIME(3)  NOT NULL COMMENT 'UTC; nobody tells it anything before: a node is just doing so, or it failed lately',
  webhook_tries INT          NOT NULL COMMENT 'failures since the latest success',
  active        TINYINT      NOT NULL COMMENT '1 yes, 0 revoked',
  created_at    DATETIME(3)  NOT NULL COMMENT 'UTC',
  PRIMARY KEY (caller)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The steps of a caller's orders, numbered for it without gaps in the order in which they were found. The steps themselves stay
-- where they are; the payment path writes nothing here.
CREATE TABLE ledger.api_event (
  caller   VARCHAR(64) NOT NULL,
  event_no BIGINT      NOT NULL COMMENT '1, 2, 3 ... of the caller',
  order_id BINARY(16)  NOT NULL,
  step_no  INT         NOT NULL,
  PRIMARY KEY (caller, event_no),
  UNIQUE KEY api_event_step (order_id, step_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Steps by time, for whoever looks for the latest. It grows at its end alone, so it costs the payment path next to nothing.
ALTER TABLE ledger.order_step ADD KEY order_step_at (at);

GRANT SELECT, INSERT, UPDATE (public_key, scopes, per_second, webhook_url, webhook_after, webhook_next, webhook_tries,
  active) ON ledger.api_caller TO 'onecard_engine'@'%';
GRANT SELECT, INSERT ON ledger.api_event TO 'onecard_engine'@'%';
