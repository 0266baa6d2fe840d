/* experiment-text.h - small experiments as text, each with a part to be filled in
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#define UNIFORM   "\"data\":{\"source\":\"uniform\",\"examples\":3,\"features\":2}"
#define NETWORK   "\"network\":{\"layers\":[{\"units\":1}]}"
#define LOSS      "\"loss\":{\"type\":\"squared_sum\"}"
#define REST      UNIFORM "," NETWORK "," LOSS
#define WITH(key) "{\"nudge\":1," REST "," key "}"
#define NET(net)  "{\"nudge\":1," UNIFORM "," LOSS ",\"network\":" net "}"
#define LAYER(l)  NET ("{\"layers\":[" l "]}")
#define DATA(d)   "{\"nudge\":1," NETWORK ",\"loss\":{\"type\":\"mse\"},\"data\":" d "}"
#define INLINE(d) DATA ("{\"source\":\"inline\"," d "}")
#define LOSSES(l) "{\"nudge\":1," UNIFORM "," NETWORK ",\"loss\":" l "}"
#define OPTI(o)   WITH ("\"optimizer\":{\"type\":" o "}")
