package io.bezoar.core;

/// Non-cryptographic 64-bit hashing with fixed constants: the same on every machine, run and version.
public final class Hashing {
    private Hashing() {}

    /// A bijective mix of 64 bits: the finaliser of SplitMix64 (Steele, Lea & Flood 2014, "Fast splittable
    /// pseudorandom number generators", variant 13 of Stafford).
    public static long mix(long x) {
        x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
        x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }

    /// The hash of an ordered pair.
    public static long combine(long first, long second) {
        return mix(first * 0x9e3779b97f4a7c15L + second + 0x632be59bd9b4e019L);
    }

    /// The hash of a text's UTF-16 code units.
    public static long of(CharSequence text) {
        long h = 0x9e3779b97f4a7c15L ^ text.length();
        int n = text.length();
        int i = 0;
        for (; i + 4 <= n; i += 4) {
            long block = text.charAt(i)
                    | (long) text.charAt(i + 1) << 16
                    | (long) text.charAt(i + 2) << 32
                    | (long) text.charAt(i + 3) << 48;
            h = mix(h ^ block);
        }
        long rest = 0;
        for (; i < n; i++) {
            rest = rest << 16 | text.charAt(i);
        }
        return mix(h ^ rest);
    }
}
