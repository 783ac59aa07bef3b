package cn.onecard.engine.bench.crash;

import cn.onecard.engine.bench.Rig;
import cn.onecard.engine.bench.TerminalServerAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The core nodes that run on one database. */
final class Nodes implements AutoCloseable {
    private final Rig rig;
    private final List<Node> nodes = new ArrayList<>();

    Nodes(Rig rig) {
        this.rig = rig;
    }

    /** A node, which can be killed and comes back at another address. */
    final class Node {
        private final String name;
        private volatile Rig.RunningCore core;      // written by killAndRestart()

        Node(String name) throws IOException {
            this.name = name;
            this.core = rig.startCore(name);
        }

        /** Where it listened last. From any thread. */
        TerminalServerAddress address() {
            return new TerminalServerAddress(core.grpcPort(), rig.tls());
        }

        void killAndRestart() throws IOException {
            rig.kill(core);
            core = rig.startCore(name);
        }
    }

    /** Starts a node.
     *
     *  @param name unique on the database */
    Node start(String name) throws IOException {
        Node node = new Node(name);
        nodes.add(node);
        return node;
    }

    /** Ends all of them in good order. */
    @Override
    public void close() {
        for (Node node : nodes) {
            rig.stop(node.core);
        }
    }
}
