-- Why words that look like a forbidden topic or a name have their place all the same: by who wrote
-- them, sealed under the key of the words themselves. NULL: nothing was said.
ALTER TABLE information_request ADD COLUMN settled bytea;
ALTER TABLE request_item ADD COLUMN settled bytea;
