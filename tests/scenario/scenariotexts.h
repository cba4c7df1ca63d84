// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace reveille::test {

/// Line 1 to 4; steps begin on line 5 with what is given.
inline QByteArray withSteps(const QByteArray &steps)
{
    return "title: T\nnats: {home: {}}\ndevices: {phone: {user: 'sip:alice@lab.example', behind: "
           "home}}\nsteps:\n" +
           steps;
}

inline QByteArray withDevice(const QByteArray &device)
{
    return "title: T\ndevices:\n  phone: {" + device + "}\nsteps: [{title: S, do: [start: phone]}]\n";
}

} // namespace reveille::test
