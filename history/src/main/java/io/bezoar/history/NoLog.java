package io.bezoar.history;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/// Keeps Flyway quiet, which otherwise writes to the terminal, or asks for a logging library that is not shipped.
/// Whatever goes wrong is thrown as well. Public, since Flyway makes it by its name.
public final class NoLog implements LogCreator, Log {

    @Override
    public Log createLogger(Class<?> of) {
        return this;
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public void debug(String message) {}

    @Override
    public void info(String message) {}

    @Override
    public void notice(String message) {}

    @Override
    public void warn(String message) {}

    @Override
    public void error(String message) {}

    @Override
    public void error(String message, Exception cause) {}
}
