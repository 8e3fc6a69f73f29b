package io.bezoar.detect.documents;

import io.bezoar.core.Example;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Whose pages documents are, by the registrable part of their address.
///
/// That part is taken to be the last two labels of the host, and the last three where the last but one
/// is a short general word under a country (`co.uk`): an approximation of the public suffix list that
/// needs no list.
public final class Domains {
    private static final Set<String> GENERAL = Set.of("co", "com", "org", "net", "ac", "gov", "edu", "ne", "or", "go");

    /// Addresses looked at in a text, and characters of each.
    private static final int FEW = 16;

    private static final int LONG = 300;

    private Domains() {}

    /// The registrable domain of an address, in lower case; empty if there is none.
    static Optional<String> of(String url) {
        int from = url.indexOf("://");
        String rest = from < 0 ? url : url.substring(from + 3);
        int to = 0;
        while (to < rest.length() && "/?#".indexOf(rest.charAt(to)) < 0) {
            to++;
        }
        String authority = rest.substring(0, to);
        String host = authority
                .substring(authority.lastIndexOf('@') + 1)
                .split(":", 2)[0]
                .toLowerCase(Locale.ROOT);
        String[] labels = host.split("\\.");
        int n = labels.length;
        while (n > 0 && labels[n - 1].isEmpty()) {
            n--;
        }
        if (n < 2 || host.length() > 253) {
            return Optional.empty();
        }
        int kept = n > 2 && labels[n - 1].length() == 2 && GENERAL.contains(labels[n - 2]) ? 3 : 2;
        return Optional.of(String.join(".", List.of(labels).subList(n - kept, n)));
    }

    /// The domains of the web addresses in a text, a few at most.
    public static Set<String> in(String text) {
        Set<String> found = new TreeSet<>();
        for (int at = 0; at < text.length() && found.size() < FEW; ) {
            int scheme = text.indexOf("://", at);
            int www = text.indexOf("www.", at);
            if (scheme < 0 && www < 0) {
                break;
            }
            int from = scheme < 0 || www >= 0 && www < scheme ? www : scheme + 3;
            int to = from;
            while (to < text.length() && to - from < LONG && !ends(text.charAt(to))) {
                to++;
            }
            of(text.substring(from, to)).ifPresent(found::add);
            at = Math.max(to, from + 1);
        }
        return found;
    }

    private static boolean ends(char c) {
        return c <= ' ' || "\"'<>()[]{},;".indexOf(c) >= 0;
    }

    /// ", all from one domain" or ", from n domains", where every document names an address; else nothing.
    static String told(List<Integer> members, List<Example> documents) {
        TreeMap<String, Integer> counts = new TreeMap<>();
        for (int d : members) {
            documents.get(d).origin().url().flatMap(Domains::of).ifPresent(name -> counts.merge(name, 1, Integer::sum));
        }
        int known = counts.values().stream().mapToInt(Integer::intValue).sum();
        return known < members.size()
                ? ""
                : counts.size() == 1 ? ", all from one domain" : ", from " + counts.size() + " domains";
    }
}
