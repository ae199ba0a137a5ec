-- Paragraphs of analyses, notes, advices and files beside signals come in the one search too.
INSERT INTO index_waiting (kind, object_id) SELECT 27, id FROM analysis_paragraph WHERE state = 1
  ON CONFLICT (kind, object_id) DO NOTHING;
INSERT INTO index_waiting (kind, object_id) SELECT 61, id FROM casefile_note WHERE removed_at = 0
  ON CONFLICT (kind, object_id) DO NOTHING;
INSERT INTO index_waiting (kind, object_id) SELECT 41, id FROM advice WHERE state > 0
  ON CONFLICT (kind, object_id) DO NOTHING;
INSERT INTO index_waiting (kind, object_id) SELECT 13, id FROM attachment WHERE owner_kind = 10
  ON CONFLICT (kind, object_id) DO NOTHING;
