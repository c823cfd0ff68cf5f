-- rewrite: convert_to is only stable, and Postgres puts a function's body in the place of its call only when what it promises
-- is not more than what its body keeps. Called 200 times a batch it cost 3.5 µs each, in place 1.
alter function sent_hash(text, uuid, uuid) stable;
