-- Export: all that the analysts' program may see. No name, no card number and no PSAM number exists here.

-- The accepted taps of netted days. day_card_no tells the cards of one day apart and means nothing on another.
CREATE SQL SECURITY DEFINER VIEW export.tap_fact AS
SELECT t.business_date,
       HOUR(t.event_at)  AS event_hour,
       t.service_code,
       t.line_no,
       t.district,
       t.card_kind,
       t.ride_kind,
       c.day_card_no,
       t.amount_fen
FROM clearing.sealed_tap t
JOIN clearing.day_card c ON c.business_date = t.business_date AND c.card_no = t.card_no
JOIN clearing.day_run r ON r.business_date = t.business_date
WHERE t.reason_code = 0 AND r.stage_code >= 4;

-- Days whose numbers stand.
CREATE SQL SECURITY DEFINER VIEW export.settled_day AS
SELECT business_date, stage_code, tap_count FROM clearing.day_run WHERE stage_code >= 4;

-- Names of lines.
CREATE SQL SECURITY DEFINER VIEW export.line_name AS
SELECT service_code, line_no, name FROM ledger.transit_line;
