package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.LockObserver;
import grusim.gru.DeviceObserver;
import grusim.linux.VmObserver;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever an observer can be told, a pair of observers passes on to both. */
final class ObserverPairsTest {
    private final List<String> told = new ArrayList<>();

    private <T> T listener(Class<T> type, String name) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    told.add(name + " " + method.getName());
                    return null;
                }));
    }

    private <T> void passesOn(Class<T> type, T pair) throws ReflectiveOperationException {
        for (Method method : type.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers())) {
                told.clear();
                Object[] arguments = Arrays.stream(method.getParameterTypes())
                        .map(ObserverPairsTest::nothing)
                        .toArray();
                method.invoke(pair, arguments);
                assertThat(told)
                        .as(type.getSimpleName() + "." + method.getName())
                        .containsExactly("first " + method.getName(), "second " + method.getName());
            }
        }
    }

    private static @Nullable Object nothing(Class<?> type) {
        return Array.get(Array.newInstance(type, 1), 0);
    }

    @Test
    void pairs_leaveNothingOut() throws ReflectiveOperationException {
        passesOn(
                LockObserver.class,
                new LockObservers(listener(LockObserver.class, "first"), listener(LockObserver.class, "second")));
        passesOn(
                VmObserver.class,
                new VmObservers(listener(VmObserver.class, "first"), listener(VmObserver.class, "second")));
        passesOn(
                DeviceObserver.class,
                new DeviceObservers(listener(DeviceObserver.class, "first"), listener(DeviceObserver.class, "second")));
    }
}
