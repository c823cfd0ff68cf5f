-- widen: to the others what somebody has seen stays seen when they mark it unread. How far it was read by then is kept here,
-- and what the others are told is the further of the two.
alter table receipt add column seen_seq bigint not null default 0;
