package cn.onecard.engine.order;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.util.Iterator;
import java.util.List;
import javax.sql.DataSource;

/** Connections of a real pool that are lost at a commit: just before it, or just after, when only the answer is missing. */
final class CutConnections {
    /** What happens at one commit. */
    enum Commit { LOST_BEFORE, LOST_AFTER, WELL }

    private CutConnections() {}

    /** A source of such connections.
     *
     *  @param commits what happens, commit by commit; well, when there is no more */
    static DataSource of(DataSource pool, List<Commit> commits) {
        Iterator<Commit> next = commits.iterator();
        return proxy(DataSource.class, pool, (method, result) -> result instanceof Connection connection ? cut(connection, next) : result);
    }

    private static Connection cut(Connection connection, Iterator<Commit> next) {
        return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
            if (!method.getName().equals("commit") || !next.hasNext()) {
                return call(connection, method, arguments);
            }
            return switch (next.next()) {
                case LOST_BEFORE -> {
                    connection.rollback();
                    throw lost();
                }
                case LOST_AFTER -> {
                    connection.commit();
                    throw lost();
                }
                case WELL -> call(connection, method, arguments);
            };
        });
    }

    /** What is made of the result of a method. */
    private interface After {
        Object apply(String method, Object result);
    }

    private static <T> T proxy(Class<T> type, T target, After after) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (self, method, arguments) -> after.apply(method.getName(), call(target, method, arguments))));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static SQLException lost() {
        return new SQLRecoverableException("the connection is lost", "08S01");
    }
}
