-- The second fence: what each program may do, whatever its code says. The accounts exist before the first migration; the
-- owner of the three schemas, who runs this, hands out rights on tables and on nothing else.

-- card-core posts: a tap or a piece of evidence, once written, is never changed and never removed by it.
GRANT SELECT, INSERT ON ledger.tap_journal TO 'onecard_engine'@'%';
GRANT SELECT, INSERT ON ledger.tap_evidence TO 'onecard_engine'@'%';
GRANT SELECT, INSERT, UPDATE ON ledger.card TO 'onecard_engine'@'%';
GRANT SELECT, INSERT, UPDATE ON ledger.psam TO 'onecard_engine'@'%';
GRANT SELECT, INSERT, UPDATE ON ledger.party TO 'onecard_engine'@'%';
GRANT SELECT, INSERT, UPDATE ON ledger.transit_line TO 'onecard_engine'@'%';
GRANT SELECT, INSERT, UPDATE ON ledger.tariff TO 'onecard_engine'@'%';
GRANT SELECT, INSERT, UPDATE ON ledger.posting_shard TO 'onecard_engine'@'%';
GRANT SELECT, INSERT, UPDATE ON ledger.business_calendar TO 'onecard_engine'@'%';
GRANT SELECT, INSERT, UPDATE ON ledger.business_day TO 'onecard_engine'@'%';
GRANT SELECT ON ledger.account TO 'onecard_engine'@'%';

-- settlement reads the ledger, closes its days, and writes clearing.
GRANT SELECT ON ledger.* TO 'onecard_settlement'@'%';
GRANT UPDATE ON ledger.business_calendar TO 'onecard_settlement'@'%';
GRANT UPDATE ON ledger.posting_shard TO 'onecard_settlement'@'%';
GRANT INSERT, UPDATE ON ledger.business_day TO 'onecard_settlement'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON clearing.* TO 'onecard_settlement'@'%';

-- analytics sees the export views and nothing behind them.
GRANT SELECT ON export.* TO 'onecard_analytics'@'%';
