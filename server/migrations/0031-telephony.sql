CREATE TABLE twilio_utterances (
  transcription_sid text NOT NULL,
  begins integer NOT NULL,
  track text NOT NULL,
  latest integer NOT NULL,
  final_sequence integer,
  interaction_id bigint REFERENCES call_interactions (id),
  begun_at timestamptz NOT NULL,
  PRIMARY KEY (transcription_sid, begins),
  CHECK (latest >= begins)
);
COMMENT ON TABLE twilio_utterances IS
  'Which events of a real-time transcription belong to which utterance; kept for a day, without any words.';
COMMENT ON COLUMN twilio_utterances.transcription_sid IS 'Twilio''s id of the transcription.';
COMMENT ON COLUMN twilio_utterances.begins IS 'SequenceId of the event that began the utterance.';
COMMENT ON COLUMN twilio_utterances.track IS 'Who is heard, in Twilio''s word: inbound_track is the caller.';
COMMENT ON COLUMN twilio_utterances.latest IS 'Highest SequenceId that was taken for it.';
COMMENT ON COLUMN twilio_utterances.final_sequence IS
  'SequenceId of the event with the final text; null while only partial ones came.';
COMMENT ON COLUMN twilio_utterances.interaction_id IS
  'The interaction made of it; null between being numbered and being written.';
COMMENT ON COLUMN twilio_utterances.begun_at IS 'When its first event was taken.';
CREATE INDEX twilio_utterances_begun_at_idx ON twilio_utterances (begun_at);

CREATE TABLE call_recordings (
  recording_sid text PRIMARY KEY,
  call_id bigint NOT NULL REFERENCES calls (id),
  url text NOT NULL,
  duration_seconds integer,
  started_at timestamptz NOT NULL
);
COMMENT ON TABLE call_recordings IS
  'Recordings of calls as links; erased with the words of the call. The sound itself stays with Twilio.';
COMMENT ON COLUMN call_recordings.recording_sid IS 'Twilio''s id of the recording.';
COMMENT ON COLUMN call_recordings.call_id IS 'The call.';
COMMENT ON COLUMN call_recordings.url IS 'Where it can be fetched with the login of Twilio.';
COMMENT ON COLUMN call_recordings.duration_seconds IS 'How long it is, in seconds; null when not said.';
COMMENT ON COLUMN call_recordings.started_at IS 'When it began; when it was told of, if that was not said.';
CREATE INDEX call_recordings_call_id_idx ON call_recordings (call_id, started_at);
