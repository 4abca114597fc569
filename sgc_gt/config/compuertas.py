"""Lo que un esquema no ve de lo que un tipo exige: nombres mal escritos, que dejarían de exigirlo."""

from __future__ import annotations

from collections.abc import Iterator

from sgc_gt.config.lugares import Archivo
from sgc_gt.config.nombres import Nombres, lista, mapa
from sgc_gt.config.oraciones import sugerencia
from sgc_gt.errores import Problema


def en_compuertas(archivo: Archivo, nombres: Nombres) -> Iterator[Problema]:
    """Los tipos que se parecen a uno y no lo son, y las listas que los datos del tipo no tienen.

    Un tipo que el servicio no lleva se admite: lo que no existe no se puede exigir.
    """
    tipos = nombres.tipos | nombres.tipos_ajenos
    tipo = mapa(archivo.valor)
    datos = mapa(mapa(tipo.get("datos")).get("properties"))
    for i, dicha in enumerate(lista(tipo.get("compuertas"))):
        compuerta, ruta = mapa(dicha), ("compuertas", i)
        for j, exige in enumerate(lista(compuerta.get("exige"))):
            nombre = str(mapa(exige).get("tipo"))
            parecido = "" if nombre in tipos else sugerencia(nombre, tipos)
            if parecido:
                yield archivo.problema((*ruta, "exige", j, "tipo"), f"«{nombre}» no es un tipo{parecido}")
        filas = compuerta.get("filas")
        if filas and filas not in datos:
            parecida = sugerencia(str(filas), datos)
            mensaje = f"«{filas}» no es una lista de los datos de este tipo{parecida}"
            yield archivo.problema((*ruta, "filas"), mensaje)
    for i, tabla in enumerate(lista(tipo.get("en_cada_region"))):
        if tabla not in datos:
            parecida = sugerencia(str(tabla), datos)
            mensaje = f"«{tabla}» no es una lista de los datos de este tipo{parecida}"
            yield archivo.problema(("en_cada_region", i), mensaje)
