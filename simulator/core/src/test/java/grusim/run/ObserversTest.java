package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.driver.DriverObserver;
import grusim.engine.LockObserver;
import grusim.gru.DeviceObserver;
import grusim.linux.VmObserver;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ObserversTest {
    static Stream<Method> deviceFacts() {
        return Stream.of(DeviceObserver.class.getMethods());
    }

    static Stream<Method> driverFacts() {
        return Stream.of(DriverObserver.class.getMethods());
    }

    @ParameterizedTest
    @MethodSource("deviceFacts")
    void everyFactOfTheDevice_reachesBoth(Method fact) throws ReflectiveOperationException {
        List<String> heard = new ArrayList<>();
        DeviceObserver both = new DeviceObservers(
                listener(DeviceObserver.class, "first", heard), listener(DeviceObserver.class, "second", heard));
        tell(both, fact);
        assertThat(heard).containsExactly("first " + fact.getName(), "second " + fact.getName());
    }

    @ParameterizedTest
    @MethodSource("driverFacts")
    void everyFactOfTheDriver_reachesBoth(Method fact) throws ReflectiveOperationException {
        List<String> heard = new ArrayList<>();
        DriverObserver both = new DriverObservers(
                listener(DriverObserver.class, "first", heard), listener(DriverObserver.class, "second", heard));
        tell(both, fact);
        assertThat(heard).containsExactly("first " + fact.getName(), "second " + fact.getName());
    }

    static Stream<Method> vmFacts() {
        return Stream.of(VmObserver.class.getMethods());
    }

    @ParameterizedTest
    @MethodSource("vmFacts")
    void everyFactOfTheVirtualMemory_reachesBoth(Method fact) throws ReflectiveOperationException {
        List<String> heard = new ArrayList<>();
        VmObserver both = new VmObservers(
                listener(VmObserver.class, "first", heard), listener(VmObserver.class, "second", heard));
        tell(both, fact);
        assertThat(heard).containsExactly("first " + fact.getName(), "second " + fact.getName());
    }

    static Stream<Method> lockFacts() {
        return Stream.of(LockObserver.class.getMethods()).filter(fact -> !Modifier.isStatic(fact.getModifiers()));
    }

    @ParameterizedTest
    @MethodSource("lockFacts")
    void everyFactOfLocks_reachesBoth(Method fact) throws ReflectiveOperationException {
        List<String> heard = new ArrayList<>();
        LockObserver both = new LockObservers(
                listener(LockObserver.class, "first", heard), listener(LockObserver.class, "second", heard));
        tell(both, fact);
        assertThat(heard).containsExactly("first " + fact.getName(), "second " + fact.getName());
    }

    private static <T> T listener(Class<T> type, String name, List<String> heard) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    heard.add(name + " " + method.getName());
                    return null;
                }));
    }

    private static void tell(Object observer, Method fact) throws IllegalAccessException, InvocationTargetException {
        Object[] arguments = Stream.of(fact.getParameterTypes())
                .map(type -> type == boolean.class
                        ? (Object) false
                        : type == int.class ? (Object) 0 : type == long.class ? (Object) 0L : null)
                .toArray();
        fact.invoke(observer, arguments);
    }
}
