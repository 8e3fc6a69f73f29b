package io.bezoar.crawl;

import io.bezoar.crawl.address.Address;
import io.bezoar.crawl.address.PublicSuffixes;
import io.bezoar.crawl.page.PageText;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.merkle.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import org.netpreserve.jwarc.HttpResponse;
import org.netpreserve.jwarc.MediaType;
import org.netpreserve.jwarc.MessageBody;
import org.netpreserve.jwarc.WarcConversion;
import org.netpreserve.jwarc.WarcDigest;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcRecord;
import org.netpreserve.jwarc.WarcResource;
import org.netpreserve.jwarc.WarcResponse;
import org.netpreserve.jwarc.WarcTargetRecord;
import org.netpreserve.jwarc.WarcTruncationReason;

/// Takes views from WARC files, plain or gzip, by jwarc: pages (`response` with a status of 2xx),
/// `resource` and `conversion` records (the texts of WET files).
///
/// What is digested is the page as a browser gets it: transfer and content encodings taken off, because
/// servers pack the same page now one way, now another. A record whose block digest does not fit is
/// left out.
///
/// The file is hostile. Headers, records, pages, and what a compressed record may become are bounded; a
/// file that breaks a bound of the container is given up at that place, and the snapshot is incomplete.
public final class WarcViews {
    private static final long MOST_RECORD = 1L << 30;
    private static final int MOST_PAGE = 64 << 20;
    private static final int MOST_HEADER = 64 << 10;
    private static final long FREE = 64L << 20;
    private static final long MOST_RATIO = 200;
    private static final int LONGEST_PROBLEM = 200;

    private final Set<String> open;
    private final PublicSuffixes suffixes;
    private final Taking taking;

    /// @param open domains whose pages anybody may edit: their `Last-Modified` is the time of the last edit
    public WarcViews(Set<String> open, PublicSuffixes suffixes, Taking taking) {
        this.open = Set.copyOf(open);
        this.suffixes = suffixes;
        this.taking = taking;
    }

    /// Takes all views of one file.
    ///
    /// @param name of the file, without folders
    public void read(ReadableByteChannel channel, String name) throws IOException {
        Budget budget = new Budget(channel);
        long at = 0;
        long unpacked = 0;
        try (WarcReader reader = new WarcReader(budget)) {
            reader.calculateBlockDigest();
            while (true) {
                budget.allow(MOST_HEADER);
                Optional<WarcRecord> next = reader.next();
                if (next.isEmpty()) {
                    return;
                }
                WarcRecord record = next.get();
                at = record.position();
                long length = record.body().size();
                unpacked += length;
                if (length < 0 || length > MOST_RECORD) {
                    throw new Malformed("expected records of at most 1 GiB, came one that says " + length + " bytes");
                }
                if (unpacked > FREE && unpacked / MOST_RATIO > Math.max(1, budget.taken())) {
                    throw new Malformed(
                            "expected at most " + MOST_RATIO + " bytes for each compressed byte, came more");
                }
                try {
                    record(record, name, budget);
                } catch (Malformed | IOException e) {
                    if (budget.spent()) {
                        throw e;
                    }
                    taking.fail(new Problem(name, at, words(e), false));
                }
                budget.allow(Long.MAX_VALUE);
                record.body().consume();
            }
        } catch (IOException | RuntimeException e) {
            if (budget.broken().isPresent()) {
                throw budget.broken().get();
            }
            taking.fail(new Problem(
                    name,
                    at,
                    budget.spent() ? "expected headers of at most 64 KiB, came longer ones" : words(e),
                    true));
        }
    }

    private static String words(Exception e) {
        String said = e instanceof Malformed
                ? String.valueOf(e.getMessage())
                : "expected a record of WARC, came one that cannot be read: " + e.getMessage();
        return said.substring(0, Math.min(LONGEST_PROBLEM, said.length()));
    }

    private void record(WarcRecord record, String name, Budget budget) throws IOException {
        budget.allow(MOST_HEADER);
        switch (record) {
            case WarcResponse response -> {
                if (!response.contentType().base().equals(MediaType.HTTP)) {
                    taking.skip();
                    return;
                }
                HttpResponse http = response.http();
                if (http.status() < 200 || http.status() > 299) {
                    taking.skip();
                    return;
                }
                budget.allow(Long.MAX_VALUE);
                String type = http.headers().first("Content-Type").orElse("");
                page(response, name, http.bodyDecoded(), type, http.headers().first("Last-Modified"));
            }
            case WarcResource resource -> {
                budget.allow(Long.MAX_VALUE);
                page(resource, name, resource.body(), type(resource), Optional.empty());
            }
            case WarcConversion conversion -> {
                budget.allow(Long.MAX_VALUE);
                page(conversion, name, conversion.body(), type(conversion), Optional.empty());
            }
            default -> taking.skip();
        }
    }

    private static String type(WarcRecord record) {
        return record.headers().first("Content-Type").orElse("");
    }

    private void page(WarcTargetRecord record, String name, MessageBody body, String type, Optional<String> modified)
            throws IOException {
        String target = record.target();
        if (!target.regionMatches(true, 0, "http", 0, 4)) {
            taking.skip(); // dns:, metadata:, file:
            return;
        }
        Address address = Address.of(target);
        Instant seen = seen(record);
        MessageDigest digest = Sha256.start();
        ByteArrayOutputStream page = new ByteArrayOutputStream(1 << 14);
        long bytes = 0;
        InputStream in = body.stream();
        byte[] buffer = new byte[1 << 14];
        int n = in.read(buffer);
        for (; n >= 0 && bytes < MOST_PAGE; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
            bytes += n;
            if (page.size() < PageText.MOST_BYTES) {
                page.write(buffer, 0, Math.min(n, PageText.MOST_BYTES - page.size()));
            }
        }
        boolean cut = n >= 0 || record.truncated() != WarcTruncationReason.NOT_TRUNCATED;
        intact(record);
        taking.take(View.of(
                address,
                seen,
                type,
                page.toByteArray(),
                bytes,
                cut,
                Digest.of(digest.digest()),
                modified.filter(_ -> open.contains(address.owner(suffixes))).flatMap(WarcViews::httpTime),
                name + ":" + record.position()));
    }

    private static Instant seen(WarcRecord record) {
        try {
            return record.date();
        } catch (DateTimeException _) {
            throw new Malformed("expected a WARC-Date such as 2026-01-31T12:00:00Z, came another text");
        }
    }

    private static Optional<Instant> httpTime(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// Is the record as it was written? The rest of its body is read for that.
    private static void intact(WarcRecord record) throws IOException {
        Optional<WarcDigest> said = record.blockDigest();
        if (said.isPresent()) {
            record.body().consume();
            Optional<WarcDigest> came = record.calculatedBlockDigest();
            if (came.isPresent() && !came.get().equals(said.get())) {
                throw new Malformed("expected a record with the block digest it names, came one that was changed");
            }
        }
    }
}
