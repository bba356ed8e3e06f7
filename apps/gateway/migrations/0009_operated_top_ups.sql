-- Operators act on top-ups, too.
ALTER TABLE operator_log ADD COLUMN subject_top_up_id uuid;
