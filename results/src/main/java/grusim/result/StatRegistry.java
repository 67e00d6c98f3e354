package grusim.result;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every statistic of a run, each declared once. Iteration is in the order of declaration, which is also the order in
 * the result files. Fill it on one thread; afterwards it may be read by many.
 */
public final class StatRegistry implements Iterable<StatDeclaration> {
    private final Map<String, StatDeclaration> byName = new LinkedHashMap<>();

    /** Adds a declaration and returns it; a second one of the same name is refused. */
    public StatDeclaration declare(StatDeclaration declaration) {
        StatDeclaration earlier = byName.putIfAbsent(declaration.name(), declaration);
        if (earlier != null) {
            throw new IllegalStateException("statistic " + declaration.name() + " is declared twice: \""
                    + earlier.description() + "\" and \"" + declaration.description() + "\"");
        }
        return declaration;
    }

    /** Declares a statistic from its parts. */
    public StatDeclaration declare(String name, String unit, String description, String source) {
        return declare(new StatDeclaration(name, unit, description, source));
    }

    /** The declaration of that name, or null. */
    public @Nullable StatDeclaration find(String name) {
        return byName.get(name);
    }

    public int size() {
        return byName.size();
    }

    @Override
    public Iterator<StatDeclaration> iterator() {
        return byName.values().iterator();
    }
}
