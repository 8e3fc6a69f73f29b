package io.bezoar.crawl;

/// Something that could not be taken into a snapshot.
///
/// @param file its name
/// @param at offset of the record in a WARC file, number of the line in a list
/// @param words what was expected and what came
/// @param rest is everything after it lost too? Then the snapshot is incomplete
public record Problem(String file, long at, String words, boolean rest) {}
