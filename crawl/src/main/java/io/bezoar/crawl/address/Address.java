package io.bezoar.crawl.address;

import io.bezoar.ledger.fault.Malformed;
import java.util.Locale;
import java.util.Optional;

/// Where a page lies. Two addresses are the same place if their [#text] is equal: scheme and host in lower
/// case and ASCII, the port left out where it is the scheme's own, no fragment, everything else as it came.
///
/// Read as a browser does where the standards leave a choice, since an attacker picks the choice that
/// misleads: a backslash ends the host like a slash, and what stands before the last `@` is no host.
///
/// @param text the whole address
/// @param host in lower-case ASCII, or an address in numbers as it came
public record Address(String text, String host) {
    /// Longer addresses are refused, in UTF-16 code units.
    public static final int LONGEST = 8192;

    /// Reads an address.
    ///
    /// @throws Malformed if it is none of http or https with a host, or holds white space or control
    ///     characters
    public static Address of(String url) {
        if (url.length() > LONGEST) {
            throw new Malformed(
                    "expected an address of at most " + LONGEST + " characters, came one of " + url.length());
        }
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c <= ' ' || c == 0x7f || Character.isISOControl(c) || Character.isSpaceChar(c) || lone(url, i)) {
                throw new Malformed("expected an address without white space, control characters and half surrogate"
                        + " pairs, came one with U+" + String.format(Locale.ROOT, "%04X", (int) c));
            }
        }
        int colon = url.indexOf("://");
        String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new Malformed("expected an address that begins with http:// or https://, came another");
        }
        int end = colon + 3;
        while (end < url.length() && "/\\?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        String authority = url.substring(colon + 3, end);
        int at = authority.lastIndexOf('@');
        String user = at < 0 ? "" : authority.substring(0, at + 1);
        String place = authority.substring(at + 1);
        int port = place.startsWith("[") ? place.indexOf(':', place.indexOf(']')) : place.lastIndexOf(':');
        String name = port < 0 ? place : place.substring(0, port);
        String digits = port < 0 ? "" : place.substring(port + 1);
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9') || digits.length() > 5) {
            throw new Malformed("expected a port of digits after the host, came something else");
        }
        String host = host(name);
        int fragment = url.indexOf('#', end);
        String rest = url.substring(end, fragment < 0 ? url.length() : fragment);
        boolean own = digits.isEmpty() || digits.equals(scheme.equals("http") ? "80" : "443");
        return new Address(
                scheme + "://" + user + host + (own ? "" : ":" + digits) + (rest.isEmpty() ? "/" : rest), host);
    }

    private static boolean lone(String url, int i) {
        char c = url.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 == url.length() || !Character.isLowSurrogate(url.charAt(i + 1))
                : Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(url.charAt(i - 1)));
    }

    private static String host(String name) {
        boolean six = name.startsWith("[") && name.endsWith("]") && name.length() <= 50;
        if (six
                && name.chars()
                        .skip(1)
                        .limit(name.length() - 2L)
                        .allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.')) {
            return name.toLowerCase(Locale.ROOT);
        }
        return PublicSuffixes.ascii(name)
                .orElseThrow(
                        () -> new Malformed("expected a host of letters, digits, hyphens and points, came another"));
    }

    /// Who can publish there: the domain by the public suffix list, else the host itself.
    public String owner(PublicSuffixes suffixes) {
        return suffixes.owner(host).orElse(host);
    }

    /// The domain a registry can be asked about; empty for an address in numbers or a bare suffix.
    public Optional<String> registered(PublicSuffixes suffixes) {
        return suffixes.registered(host);
    }
}
