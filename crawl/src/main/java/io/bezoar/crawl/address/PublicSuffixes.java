package io.bezoar.crawl.address;

import com.ibm.icu.text.IDNA;
import io.bezoar.ledger.fault.Unusable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The public suffix list: below which names people register domains of their own (`com`, `co.uk`,
/// `github.io`).
///
/// Rules as publicsuffix.org defines them: of the rules that fit a host the longest counts, an exception
/// (`!city.kobe.jp`) before any other, a `*` stands for one label, and a host that none fits has its last
/// label for a suffix. The list has two parts: suffixes of registries, and suffixes of companies that let
/// customers publish below their own domain. Who *owns* a page follows from both ([#owner]); which name a
/// registry knows follows from the first ([#registered]).
public final class PublicSuffixes {
    private static final int MOST_BYTES = 16 << 20;
    private static final int LONGEST_HOST = 253;
    private static final int LONGEST_LABEL = 63;
    private static final String COMPANIES = "===BEGIN PRIVATE DOMAINS===";

    private enum Rule {
        PLAIN,
        WILDCARD,
        EXCEPTION
    }

    /// Who lets people register below a suffix.
    private enum Part {
        REGISTRY,
        COMPANY
    }

    private record Entry(Rule rule, Part part) {}

    private final Map<String, Entry> rules;

    private PublicSuffixes(Map<String, Entry> rules) {
        this.rules = Map.copyOf(rules);
    }

    /// The list that comes with Bezoar; `docs/crawl.md` says of what day.
    public static PublicSuffixes shipped() {
        try (InputStream list = PublicSuffixes.class.getResourceAsStream("public_suffix_list.dat")) {
            if (list == null) {
                throw new IllegalStateException("expected public_suffix_list.dat beside the class, found none");
            }
            return read(list);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Reads a list in the format of publicsuffix.org.
    ///
    /// @throws Unusable if it holds no rule, or is far too large
    public static PublicSuffixes read(InputStream list) throws IOException {
        byte[] bytes = list.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new Unusable("expected a public suffix list of at most 16 MiB, came a larger file; name another");
        }
        Map<String, Entry> rules = new HashMap<>();
        Part part = Part.REGISTRY;
        for (String line : new String(bytes, StandardCharsets.UTF_8).split("\\R")) {
            if (line.contains(COMPANIES)) {
                part = Part.COMPANY;
            }
            String word = line.strip().split("\\s", 2)[0];
            if (!word.isEmpty() && !word.startsWith("//")) {
                add(word, part, rules);
            }
        }
        if (rules.isEmpty()) {
            throw new Unusable("expected a public suffix list with a rule a line, came none; get the list from"
                    + " publicsuffix.org");
        }
        return new PublicSuffixes(rules);
    }

    private static void add(String word, Part part, Map<String, Entry> rules) {
        Rule rule = word.startsWith("!") ? Rule.EXCEPTION : word.startsWith("*.") ? Rule.WILDCARD : Rule.PLAIN;
        String name = switch (rule) {
            case EXCEPTION -> word.substring(1);
            case WILDCARD -> word.substring(2);
            case PLAIN -> word;
        };
        // "*.uk" and "uk" are two rules: the wildcard is kept under its own name
        ascii(name).ifPresent(host -> rules.put(rule == Rule.WILDCARD ? "*." + host : host, new Entry(rule, part)));
    }

    /// Number of rules.
    public int size() {
        return rules.size();
    }

    /// The domain whose owner can publish at `host`: one label more than the longest suffix of it, in its
    /// ASCII form. Empty if the host is a suffix itself, an address in numbers, or no host.
    public Optional<String> owner(String host) {
        return domain(host, false);
    }

    /// The domain that a registry knows, in its ASCII form: as [#owner], by the suffixes of registries
    /// alone.
    public Optional<String> registered(String host) {
        return domain(host, true);
    }

    private Optional<String> domain(String host, boolean registriesOnly) {
        Optional<String> plain = ascii(host).filter(name -> !numeric(name));
        if (plain.isEmpty()) {
            return Optional.empty();
        }
        String name = plain.get();
        String[] labels = name.split("\\.");
        int suffix = 1; // the rule "*"
        String tail = "";
        for (int taken = 1; taken <= labels.length; taken++) {
            String above = tail;
            tail = labels[labels.length - taken] + (tail.isEmpty() ? "" : "." + tail);
            Entry plainRule = rules.get(tail);
            if (counts(plainRule, registriesOnly) && plainRule != null) {
                if (plainRule.rule() == Rule.EXCEPTION) {
                    suffix = taken - 1;
                    break;
                }
                suffix = taken;
            }
            Entry wildcard = rules.get("*." + above);
            if (!above.isEmpty() && counts(wildcard, registriesOnly)) {
                suffix = Math.max(suffix, taken);
            }
        }
        if (labels.length <= suffix) {
            return Optional.empty();
        }
        StringBuilder out = new StringBuilder();
        for (int i = labels.length - suffix - 1; i < labels.length; i++) {
            out.append(out.isEmpty() ? "" : ".").append(labels[i]);
        }
        return Optional.of(out.toString());
    }

    private static boolean counts(@org.jspecify.annotations.Nullable Entry entry, boolean registriesOnly) {
        return entry != null && !(registriesOnly && entry.part() == Part.COMPANY);
    }

    /// A host in lower-case ASCII (UTS #46), empty if it is none.
    static Optional<String> ascii(String host) {
        if (host.isEmpty() || host.length() > LONGEST_HOST * 4) {
            return Optional.empty();
        }
        String name = host;
        if (!name.chars().allMatch(c -> c < 128)) {
            StringBuilder out = new StringBuilder();
            IDNA.Info info = new IDNA.Info();
            IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII).nameToASCII(name, out, info);
            if (info.hasErrors()) {
                return Optional.empty();
            }
            name = out.toString();
        }
        name = name.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.isEmpty() || name.length() > LONGEST_HOST) {
            return Optional.empty();
        }
        for (String label : name.split("\\.", -1)) {
            if (label.isEmpty()
                    || label.length() > LONGEST_LABEL
                    || !label.chars()
                            .allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_')) {
                return Optional.empty();
            }
        }
        return Optional.of(name);
    }

    /// Is it an address in numbers? Then the last label is a number, as no top-level domain is.
    private static boolean numeric(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return last.chars().allMatch(c -> c >= '0' && c <= '9') || last.startsWith("0x");
    }
}
