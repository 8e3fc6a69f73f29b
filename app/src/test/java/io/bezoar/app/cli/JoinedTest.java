package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// An installation without the attack and lab modules carries no attack code and works all the same.
class JoinedTest {
    /// The class path of this process without some packages.
    private static final class Without extends URLClassLoader {
        private final List<String> packages;

        Without(List<String> packages) throws java.net.MalformedURLException {
            super(path(), ClassLoader.getPlatformClassLoader());
            this.packages = packages;
        }

        private static URL[] path() throws java.net.MalformedURLException {
            String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
            URL[] urls = new URL[entries.length];
            for (int i = 0; i < entries.length; i++) {
                urls[i] = Path.of(entries[i]).toUri().toURL();
            }
            return urls;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (packages.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            return super.findClass(name);
        }
    }

    private static Set<String> verbs(String... without) throws Exception {
        try (Without loader = new Without(Arrays.asList(without))) {
            Method commandLine = loader.loadClass("io.bezoar.app.cli.Bezoar").getDeclaredMethod("commandLine");
            commandLine.setAccessible(true);
            Object line = commandLine.invoke(null);
            Map<?, ?> verbs =
                    (Map<?, ?>) line.getClass().getMethod("getSubcommands").invoke(line);
            Set<String> names = new TreeSet<>();
            verbs.keySet().forEach(name -> names.add(String.valueOf(name)));
            return names;
        }
    }

    @Test
    void verbsAreThereIfTheirModulesAre() throws Exception {
        Set<String> all = verbs();
        assertTrue(all.containsAll(Set.of("attack", "audit", "scan")), all::toString);
        Set<String> withoutLab = new TreeSet<>(all);
        withoutLab.remove("audit");
        assertEquals(withoutLab, verbs("io.bezoar.lab."));
        Set<String> withoutAttack = new TreeSet<>(withoutLab);
        withoutAttack.remove("attack");
        assertEquals(withoutAttack, verbs("io.bezoar.lab.", "io.bezoar.attack."));
    }
}
