-- A gateway that is no more is recognised by its lock, so that nobody has to say all the time that a line still stands.
alter table fleet_terminals drop column sip_seen_at;

-- What is known of a terminal's SIP2 lines has another form now; machines that are connected are told of anew.
update fleet_terminals set sip = null;
