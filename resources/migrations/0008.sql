-- Version 8: pushes are listed newest first, in falling order of their ids. What is listed of them lies together in the order they
-- came in, so that a list is gone through quickly and a push costs no entry elsewhere; those under way and those that failed are few.

DROP INDEX pushes_finished;
CREATE INDEX pushes_ended ON pushes (finished_at) WHERE finished = 1;
CREATE INDEX pushes_under_way ON pushes (id) WHERE finished = 0;
CREATE INDEX pushes_failed ON pushes (id) WHERE state IN ('expired', 'cancelled', 'replaced', 'undeliverable');
CREATE INDEX pushes_listed ON pushes (id, user_id, initiator);
